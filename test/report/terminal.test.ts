import { describe, expect, test } from "vitest";
import type { RunEvent } from "../../src/engine/events.ts";
import { TerminalReport, type TerminalView } from "../../src/report/terminal/terminal.ts";
import { styleFor } from "../../src/terminal/style.ts";
import { BAD_RUN, GOOD_RUN, output, stepFinished, stepStarted } from "./events.ts";
import { Screen } from "./screen.ts";
import { terminalView } from "./view.ts";

function shown(events: readonly RunEvent[], columns: number, more: Partial<TerminalView> = {}): string {
  const screen = new Screen(columns);
  const report = new TerminalReport(terminalView(screen.write, { columns, rows: 24 }, more));
  for (const event of events) report.listen(event);
  report.resized(); // what a timer does: output is drawn a few times a second
  return screen.text;
}

describe("a run on a terminal", () => {
  test.each([40, 80, 200])("that passes, in %i columns", (columns) => {
    expect(shown(GOOD_RUN, columns)).toMatchSnapshot();
  });

  test.each([40, 80, 200])("that fails, in %i columns", (columns) => {
    expect(shown(BAD_RUN, columns)).toMatchSnapshot();
  });

  test("in ASCII", () => {
    expect(shown(GOOD_RUN, 80, { ascii: true })).not.toMatch(/[✓–▸]/u);
  });

  test("in colours says the same", () => {
    expect(shown(BAD_RUN, 80, { style: styleFor(true, { TERM: "xterm" }) })).toBe(shown(BAD_RUN, 80));
  });

  test("quietly says nothing of what went well", () => {
    expect(shown(GOOD_RUN, 80, { quiet: true })).toBe("");
    expect(shown(BAD_RUN, 80, { quiet: true })).toContain("command not found");
  });

  test("with all output keeps every line of it", () => {
    expect(shown(GOOD_RUN, 80, { verbose: true })).toContain("Using image from local cache\nUnpacking the rootfs");
  });
});

describe("the running step", () => {
  const begun = [stepStarted("create")];

  test("shows the end of its output", () => {
    const lines = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join("");
    expect(
      shown([...begun, output("create", lines)], 80)
        .split("\n")
        .slice(1),
    ).toEqual([15, 16, 17, 18, 19].map((index) => `  | line ${index}`));
  });

  test("leaves nothing of it behind", () => {
    const events = [...begun, output("create", "going\nto\nvanish"), stepFinished("create", "passed")];
    expect(shown(events, 80)).not.toContain("vanish");
  });

  test("shows a progress bar as the terminal would", () => {
    expect(shown([...begun, output("create", "10 %\r20 %\r30 %")], 80)).toContain("| 30 %");
  });

  test.each([
    ["colours", "\u001b[31mred\u001b[0m"],
    ["a title", "\u001b]0;evil\u0007red"],
    ["a title that never ends", "red\u001b]0;evil"],
    ["a link", "\u001b]8;;http://x\u001b\\red\u001b]8;;\u001b\\"],
    ["a device string", "\u001bP1$qm\u001b\\red"],
    ["one-byte introducers", "\u009b31mred\u009d0;evil\u009c"],
    ["bells and backspaces", "\u0007r\u0008ed\u007f"],
    ["reversed writing", "\u202ered\u2066"],
    ["an unfinished sequence", "red\u001b["],
  ])("lets no %s through", (_name, text) => {
    expect(shown([...begun, output("create", text)], 80).split("\n")[1]).toBe("  | red");
  });

  test("cuts wide characters at the edge", () => {
    const line = shown([...begun, output("create", "容".repeat(100))], 41).split("\n")[1] ?? "";
    expect(line.endsWith("…")).toBe(true);
    expect(line).toBe(`  | ${"容".repeat(17)}…`);
  });

  test("is drawn in the right place after the terminal became narrower", () => {
    const size = { columns: 80, rows: 24 };
    const written: string[] = [];
    const report = new TerminalReport(terminalView((text) => written.push(text), size));
    report.listen(stepStarted("create"));
    report.listen(output("create", "x".repeat(70)));
    report.resized();
    size.columns = 40;
    report.resized();
    // One line of 80 columns (less the time, which is not shown yet) and one of 74: each was wrapped once.
    expect(written.at(-1)).toMatch(/^\u001b\[4A\r\u001b\[J/);
  });

  test("shows the seconds it takes", () => {
    let time = 0;
    let tick = (): void => {};
    const screen = new Screen(80);
    const report = new TerminalReport(
      terminalView(
        screen.write,
        { columns: 80, rows: 24 },
        {
          now: () => time,
          every: (_milliseconds, call) => {
            tick = call;
            return () => {};
          },
        },
      ),
    );
    report.listen(stepStarted("create"));
    time = 5400;
    tick();
    expect(screen.text).toContain("5 s");
  });

  test("makes room for a question", () => {
    const screen = new Screen(80);
    const report = new TerminalReport(terminalView(screen.write, { columns: 80, rows: 24 }));
    report.listen(stepStarted("create"));
    report.suspend();
    report.listen(output("create", "meanwhile\n"));
    expect(screen.text).toBe("");
    report.resume();
    expect(screen.text).toContain("meanwhile");
  });

  test("shows no tail where the terminal is too low", () => {
    const screen = new Screen(80);
    const report = new TerminalReport(terminalView(screen.write, { columns: 80, rows: 4 }));
    report.listen(stepStarted("create"));
    report.listen(output("create", "a\nb\nc\n"));
    report.resized();
    expect(screen.text.split("\n")).toHaveLength(1);
  });
});
