import type { ReportView } from "../../src/report/report.ts";
import type { TerminalView } from "../../src/report/terminal/terminal.ts";
import { unstyled } from "../../src/terminal/style.ts";
import { PAGE } from "./events.ts";

/** What the reports need, with nothing around it. */
export function reportView(write: (text: string) => void, more: Partial<ReportView> = {}): ReportView {
  return {
    write,
    style: unstyled,
    readPage: (file) => (file === "content/lxc/new.md" ? PAGE : undefined),
    goOn: (end) => (end.exitCode === 0 ? ["Enter it: lxc-attach"] : [`Go on: ./runbook resume ${end.run}`]),
    total: 4,
    undoing: false,
    verbose: false,
    quiet: false,
    ...more,
  };
}

/** The same for a terminal, whose clock stands still unless the test moves it. */
export function terminalView(
  write: (text: string) => void,
  size: { columns: number; rows: number },
  more: Partial<TerminalView> = {},
): TerminalView {
  return { ...reportView(write), size: () => size, ascii: false, now: () => 0, every: () => () => {}, ...more };
}
