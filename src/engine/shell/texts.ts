import { randomBytes } from "node:crypto";
import { quoteShell } from "../../language/shell/quote.ts";
import { readState, type ShellState, trapsOf } from "./state/state.ts";

/** A piece of a page's shell to run on a target, and how. */
export interface ShellText {
  text: string;
  /** The page's number in its run; names the page in what bash reports. */
  page: number;
  /** The page's line on which `text` begins. */
  line: number;
  /** In a copy of the shell, which changes nothing of it (`when`, guard, proof, undo). */
  copy: boolean;
  pipefail: boolean;
  /** Variables to hand back. */
  sets: string[];
  /** Tell the state afterwards. */
  keep: boolean;
  /** Variables to export first. */
  exports: ReadonlyMap<string, string>;
  /** The mark of the step: its processes carry it as RUNBOOK_STEP. */
  mark: string;
}

/** File descriptors from here on name pages: `/dev/fd/250` is the page with number 1. */
export const firstPage = 249;

function exportCommands(exports: ReadonlyMap<string, string>): string {
  return [...exports].map(([name, value]) => `export ${name}=${quoteShell(value)}\n`).join("");
}

/** What a bash worker runs for a text. `last` is the state that it told last. */
export function bashText(request: ShellText, sequence: number, last: ShellState | undefined): string {
  const descriptor = firstPage + request.page;
  const delimiter = `RUNBOOK_${randomBytes(8).toString("hex")}`;
  const traps = last ? trapsOf(last) : new Map<string, string>();
  const exit = traps.get("EXIT");
  const debug = traps.get("DEBUG");
  const trace = last && /(^|:)functrace(:|$)/.test(last.options) && debug ? "-T" : "";
  const aliases = last && /(^|:)expand_aliases(:|$)/.test(last.shellOptions) ? " expand_aliases" : "";
  const options = `set -Eeu ${request.pipefail ? "-o" : "+o"} pipefail ${request.copy ? "" : trace}`;
  // The line before the text holds what must happen inside the file; a page's first step is never on its line 1.
  // Until then special builtins win over the page's functions.
  const first = [
    `exec ${descriptor}<&-`,
    "unset POSIXLY_CORRECT",
    `shopt -s inherit_errexit${aliases} >/dev/null 2>&1`,
    ...(debug && !request.copy ? [`trap -- ${debug} DEBUG`] : []),
  ].join("; ");
  const padded = `${first}${"\n".repeat(Math.max(1, request.line - 1))}${request.text}`;
  const source = `. /dev/fd/${descriptor} >&11 2>&12 </dev/null ${descriptor}<<'${delimiter}'\n${padded}\n${delimiter}\n`;
  const rearm = last === undefined || hasOwnExit(last) ? "" : `__rb_user_exit=${exit ?? ""}\ntrap __rb_gone EXIT\n`;
  const prelude = [
    `__rb_go=1 __rb_seq=${sequence} __rb_unwind= __rb_stack=(0 0) __rb_sets=(${request.sets.join(" ")}) __rb_keep=${request.keep ? 1 : ""}`,
    "POSIXLY_CORRECT=1",
    "unset __rb_exit",
    `set +eu\ntrap - DEBUG${last && !/ ERR$/m.test(last.traps) ? '\ntrap "$__rb_err" ERR' : ""}`,
    `${rearm}${exportCommands(request.exports)}export RUNBOOK_STEP=${request.mark}`,
  ].join("\n");
  const body = `${options}\n${source}`;
  const tail = [
    "__rb_status=$? __rb_so=$SHELLOPTS __rb_bo=$BASHOPTS",
    "POSIXLY_CORRECT=1",
    "set +Txv",
    // Bash gives a DEBUG trap back to the file that it ran this text from, also one that the text took away.
    ...(debug && !request.copy ? [`[[ $(trap -p DEBUG) == *"'"* ]] || trap ': __rb_none' DEBUG`] : []),
    "unset POSIXLY_CORRECT",
  ].join("\n");
  return `${prelude}\n${request.copy ? `(\n${body})` : body}\n${tail}\n`;
}

/** What ends a bash worker in order: the page's own EXIT trap runs. */
export function bashEnd(last: ShellState | undefined): string {
  const exit = last && !hasOwnExit(last) ? `__rb_user_exit=${trapsOf(last).get("EXIT") ?? ""}\n` : "";
  return `__rb_go=1\n${exit}__rb_quit\n`;
}

/** The page's own EXIT trap, as a quoted command or as it is; empty where it has none. */
export function exitTrapOf(state: ShellState | undefined): string {
  if (!state) return "";
  return hasOwnExit(state) ? state.exitTrap : (trapsOf(state).get("EXIT") ?? "");
}

/** Whether the EXIT trap is this shell's own still, and not the page's, nor taken away. */
function hasOwnExit(state: ShellState): boolean {
  return /^trap -- '?__rb_gone'? EXIT$/m.test(state.traps);
}

/** What a worker without bash runs for a text. */
export function shText(request: ShellText, sequence: number): string {
  const body = `set -eu\neval ${quoteShell(request.text)}`;
  const run = request.copy ? `(\n${body}\n) >&8 2>&9 7<&- 8>&- 9>&-` : `{\n${body}\n} >&8 2>&9`;
  return [
    `rb_seq=${sequence} rb_sets=${quoteShell(request.sets.join(" "))} rb_keep=${request.keep ? 1 : ""}`,
    `set +e\n${exportCommands(request.exports)}export RUNBOOK_STEP=${request.mark}`,
    run,
    "rb_status=$?",
    "set +eux",
  ].join("\n");
}

/** The commands that give a worker without bash the state that one told. */
export function shRestore(text: string): string {
  const [umask, folder, ...rest] = text.split("\n");
  return `set +eu\n${rest.join("\n")}\numask ${umask}\ncd ${quoteShell(folder ?? "/")}`;
}

/** Reads what a worker told into a state; those without bash have none that can be taken apart. */
export function stateOf(kind: "bash" | "sh", text: string): ShellState | undefined {
  return kind === "bash" ? readState(text) : undefined;
}
