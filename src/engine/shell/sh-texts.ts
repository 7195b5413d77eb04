import type { SyntaxNode } from "unbash";
import { loadUnbash } from "../../language/parsers.ts";
import { parseShell } from "../../language/shell/analyse.ts";
import { quoteShell } from "../../language/shell/quote.ts";
import { needsBash } from "./handed-on.ts";
import { type ShState, shRestoring } from "./state/sh-state.ts";
import type { ShellText } from "./texts.ts";

/** What every text of a worker without bash begins with, on its first line. */
const begin = (sequence: number): string => `rb_seq=${sequence} rb_how=- rb_ours=1`;

/** What a worker without bash runs for a text. `functions`: names that the target's texts have defined so far. */
export function shText(request: ShellText, sequence: number, functions: Iterable<string>): string {
  const body = `set -eu\neval ${quoteShell(request.text)}`;
  // A copy of the shell that ends does not end the worker.
  const run = request.copy ? `(\ncommand trap - EXIT\nrb_ours=\n${body}\n)` : body;
  const exports = [...request.exports]
    .filter(([, value]) => !needsBash(value))
    .map(([name, value]) => `export ${name}=${quoteShell(value)}\n`)
    .join("");
  return [
    `${begin(sequence)} rb_sets=${quoteShell(request.sets.join(" "))} rb_keep=${request.keep ? 1 : ""} rb_functions=${quoteShell([...functions].join(" "))}${request.page === undefined ? "" : " rb_page=1"}`,
    `set +e\n${exports}export RUNBOOK_STEP=${request.mark}`,
    "alias trap=rb_trap",
    `rb_body=${quoteShell(`\\unset rb_body\n${run}`)}`,
    `if [ -n "$rb_proc" ]; then\nrb_open\neval "$rb_body"`,
    // Without /proc the line's streams stand aside at 8 and 9, see worker.sh.
    `else\n{ eval "$rb_body"; } </dev/null >&9 2>&8 8>&- 9>&-\nfi`,
    "rb_status=$?",
    "set +eux",
    `[ -z "$rb_proc" ] || exec >/dev/null 2>&1`,
  ].join("\n");
}

/** What gives a new worker without bash a state. */
export function shRestore(state: ShState | undefined, sequence: number): string {
  return [
    `${begin(sequence)} rb_sets= rb_keep=`,
    ...(state ? [shRestoring(state)] : []),
    "rb_status=0",
    '[ -z "$rb_lost" ] || rb_how=folder',
  ].join("\n");
}

/** What ends a worker without bash in order: the page's own EXIT trap runs. */
export function shEnd(): string {
  return 'rb_open\ncommand trap - EXIT\n[ -n "$rb_lost" ] || [ -z "$rb_user_exit" ] || command trap -- "$rb_user_exit" EXIT\nexit 0';
}

/** A function as a text defines it. */
export interface Definition {
  text: string;
  /** A text that passes has run this definition: it stands under no condition. */
  sure: boolean;
  /** The text defines it otherwise before. */
  rival: boolean;
}

/** What may be left out of a text that passes. */
const CONDITIONS = new Set(["If", "Case", "While", "For", "Select", "AndOr", "ArithmeticFor", "Pipeline"]);
/** What has a shell of its own. */
const APART = new Set(["Subshell", "CommandExpansion", "ProcessSubstitution", "Coproc"]);

/** The functions that a text defines, by name, the last definition of each: a shell without bash cannot list its own. */
export function functionsOf(text: string): Map<string, Definition> {
  const found = new Map<string, Definition>();
  const visit = (node: SyntaxNode, sure: boolean): void => {
    if (APART.has(node.type)) return;
    if (node.type !== "Function") {
      loadUnbash().forEachChild(node, (child) => visit(child, sure && !CONDITIONS.has(node.type)));
      return;
    }
    const own = text.slice(node.pos, node.end);
    const other = found.get(node.name.text);
    found.set(node.name.text, { text: own, sure, rival: other !== undefined && (other.rival || other.text !== own) });
  };
  visit(parseShell(text), true);
  return found;
}
