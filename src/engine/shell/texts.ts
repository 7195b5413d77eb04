import { randomBytes } from "node:crypto";
import { quoteShell } from "../../language/shell/quote.ts";
import { assignment } from "./handed-on.ts";
import { quoteBytes } from "./state/bytes.ts";
import { restoring } from "./state/restore.ts";
import { type ShellState, trapsOf } from "./state/state.ts";

/** A piece of a page's shell to run on a target, and how. */
export interface ShellText {
  text: string;
  /** `latin1` for a text that is bytes, a character each. */
  encoding?: "latin1";
  /** The page's number in its run, which names the page in what bash reports; absent for a text of the runner's own. */
  page?: number;
  /** The page's line on which `text` begins. */
  line: number;
  /** In a copy of the shell, which changes nothing of it (`when`, guard, proof, undo). */
  copy: boolean;
  pipefail: boolean;
  /** Variables to hand back. */
  sets: string[];
  /** Report the state afterwards. */
  keep: boolean;
  /** Variables to export first. */
  exports: ReadonlyMap<string, string>;
  /** The mark of the step: its processes carry it as RUNBOOK_STEP. */
  mark: string;
}

/** The name of a page in bash's own messages: `/dev/fd/`, once `./` for the first page of a run, twice for the second … */
export const pagePath = (page: number): string => `/dev/fd/${"./".repeat(page + 1)}`;

/** Assigns only what differs: a variable may be readonly, and hold the value already. */
function exportCommands(exports: ReadonlyMap<string, string>): string {
  return [...exports]
    .map(([name, value]) => {
      const own = assignment(name, value);
      if (own !== undefined) return `[[ \${${name}@a} == *r* ]] || { ${own}; }\n`;
      const word = quoteShell(value);
      return `[[ \${${name}-} == ${word} && \${${name}@a} == *x* ]] || \\export ${name}=${word}\n`;
    })
    .join("");
}

/** A page that made the variable readonly has its processes found by their control group, and by descent. */
const exportMark = (mark: string): string => `[[ \${RUNBOOK_STEP@a} == *r* ]] || \\export RUNBOOK_STEP=${mark}`;

/** Options of bash that its POSIX mode, in which the runner's own commands run, changes and does not give back. */
function textOptions(last: ShellState | undefined): string {
  const on = new Set(last?.shellOptions.split(":"));
  const usual = last === undefined;
  const is = (name: string, usually: boolean): string => `${(usual ? usually : on.has(name)) ? "-s" : "-u"} ${name}`;
  const options = [is("sourcepath", true), is("interactive_comments", true), is("shift_verbose", false)];
  if (on.has("expand_aliases")) options.push("-s expand_aliases");
  return ["-s inherit_errexit", ...options].map((option) => `\\shopt ${option} >/dev/null 2>&1`).join("; ");
}

/** The options that each text begins with, for a person's shell, which has some of them otherwise. */
export function bashOptions(last: ShellState): string {
  const trace = `set ${has(last.options, "functrace") ? "-" : "+"}T`;
  const history = `set ${has(last.options, "histexpand") ? "-" : "+"}H`;
  const aliases = `shopt ${has(last.shellOptions, "expand_aliases") ? "-s" : "-u"} expand_aliases`;
  return [textOptions(last), trace, history, aliases].join("\n");
}

const has = (options: string | undefined, name: string): boolean => options?.split(":").includes(name) ?? false;

/** The text that a bash worker runs. `last` is the state that the worker reported last. */
export function bashText(request: ShellText, sequence: number, last: ShellState | undefined): string {
  const delimiter = `RUNBOOK_${randomBytes(8).toString("hex")}`;
  const traps = last ? trapsOf(last) : new Map<string, string>();
  const debug = traps.get("DEBUG");
  const trace = has(last?.options, "functrace") ? "-T" : "";
  const options = `\\set -Eeu ${request.pipefail ? "-o" : "+o"} pipefail ${request.copy && debug !== undefined ? "" : trace}`;
  // The line before the text holds what must happen inside the file; a page's first step is never on its line 1.
  // Until then special builtins win over the page's functions.
  const first = [
    "\\exec {__rb_fd}<&-",
    ...(has(last?.options, "posix") ? [] : ["\\unset POSIXLY_CORRECT"]),
    textOptions(last),
    ...(debug !== undefined && !request.copy ? [`\\trap -- ${quoteBytes(debug)} DEBUG`] : []),
  ].join("; ");
  const padded = `${first}${"\n".repeat(Math.max(1, request.line - 1))}${request.text}`;
  const page = request.page === undefined ? "" : " __rb_page=1";
  // A copy has the ERR trap only where the shell hands it down, and tells by it which command failed.
  const prelude = [
    `${begin(sequence)} __rb_sets=(${request.sets.join(" ")}) __rb_keep=${request.keep ? 1 : ""}${page}`,
    "\\unset __rb_exit",
    `\\set +eu -E\n\\trap - DEBUG${last && !/ ERR$/m.test(last.traps) ? '\n\\trap "$__rb_err" ERR' : ""}`,
    rearmed(last),
    `${exportCommands(request.exports)}${exportMark(request.mark)}`,
  ].join("\n");
  const body = [
    options,
    `\\exec {__rb_fd}<<'${delimiter}'\n${padded}\n${delimiter}`,
    `\\. "${pagePath(request.page ?? 0)}$__rb_fd" </dev/null >>"$__rb_out" 2>>"$__rb_errors"`,
  ].join("\n");
  const tail = [
    "__rb_status=$? __rb_so=$SHELLOPTS __rb_bo=$BASHOPTS __rb_over=over",
    "POSIXLY_CORRECT=1",
    "\\set +Txv",
    // Bash gives a DEBUG trap back to the file that it ran this text from, also one that the text took away.
    ...(debug !== undefined && !request.copy ? [`[[ $(trap -p DEBUG) == *"'"* ]] || \\trap ': __rb_none' DEBUG`] : []),
  ].join("\n");
  return `${prelude}\n${request.copy ? `(\n${body}\n)` : body}\n${tail}\n`;
}

/** What every text of a worker begins with, on its first line: the worker runs no more of a page's text where its folder is gone. */
function begin(sequence: number): string {
  return `\\exec {__rb_fd}<&-; __rb_go=1 __rb_seq=${sequence} __rb_how=- __rb_over= __rb_unwind= __rb_stack=(0 0)`;
}

/** Notes the page's EXIT trap, and puts the worker's own in its place again. */
function rearmed(last: ShellState | undefined): string {
  if (last === undefined || hasOwnExit(last)) return "";
  return `__rb_user_exit=${quoteBytes(trapsOf(last).get("EXIT") ?? "")}\n\\trap '__rb_gone "$@"' EXIT`;
}

/** What gives a new bash worker a state. */
export function bashRestore(state: ShellState | undefined, sequence: number): string {
  const exit = exitTrapOf(state);
  return [
    `${begin(sequence)} __rb_sets=() __rb_keep=`,
    ...(state ? [restoring(state).commands] : []),
    `__rb_user_exit=${quoteBytes(exit)}`,
    "__rb_status=0 __rb_how=${__rb_lost:+folder}",
    "__rb_how=${__rb_how:--}",
    "POSIXLY_CORRECT=1\n",
  ].join("\n");
}

/** What ends a bash worker in order: the page's own EXIT trap runs. */
export function bashEnd(last: ShellState | undefined): string {
  const exit = last && !hasOwnExit(last) ? `__rb_user_exit=${quoteBytes(trapsOf(last).get("EXIT") ?? "")}\n` : "";
  return `\\exec {__rb_fd}<&-; __rb_go=1\n${exit}\\exec </dev/null >>"$__rb_out" 2>>"$__rb_errors"\n__rb_quit\n`;
}

/** The page's own EXIT trap, as a command; empty where it has none. */
export function exitTrapOf(state: ShellState | undefined): string {
  if (!state) return "";
  return hasOwnExit(state) ? state.exitTrap : (trapsOf(state).get("EXIT") ?? "");
}

/** Whether the EXIT trap is this shell's own still, and not the page's, nor taken away. */
function hasOwnExit(state: ShellState): boolean {
  return /^trap -- '__rb_gone[^']*' EXIT$/m.test(state.traps);
}
