import type { Complaints } from "../model/complaints.ts";
import type { Page, PageFence } from "../model/page.ts";
import type { Span } from "../model/place.ts";
import type { Fence } from "../model/runbook.ts";
import { SHELL_LANGUAGES } from "../model/vocabulary.ts";
import { placeOfOffset, spanInFence } from "../read/fence/fence.ts";
import { attributeOf } from "../read/fence/tagged.ts";
import { readShell } from "../shell/analyse.ts";

/** The shell of every fence that runs, of computed defaults and of targets: its syntax, and prompts. */
export function checkShell(page: Page, complaints: Complaints): void {
  for (const fence of page.fences) if (runs(fence)) checkFence(fence, SHELL_HINT, complaints);
  for (const { fence, session, file } of page.runbook?.steps ?? []) {
    if (session) checkFence(fence, SESSION_HINT, complaints);
    if (!file) checkPipes(fence, complaints);
  }
  for (const { name, default: value, span } of page.runbook?.params ?? []) {
    if (typeof value === "object") checkCommand(value.command, `The default of ${name}`, span, complaints);
  }
  for (const { name, command, span } of page.runbook?.targets ?? []) {
    checkCommand(`${command} sh`, `The target ${name}`, span, complaints);
  }
}

function runs(fence: PageFence): boolean {
  if (!fence.role || fence.role === "norun" || fence.role === "output") return false;
  return SHELL_LANGUAGES.has(fence.language) && !attributeOf(fence, "file");
}

const SHELL_HINT = "`bash -n` says the same of this text; a quote or a closing word may be missing above.";
const SESSION_HINT = "A command that goes on in a session, its heredoc too, has `> ` before each further line.";

function checkFence(fence: Fence, hint: string, complaints: Complaints): void {
  const { errors, prompts, waiting } = readShell(fence.text);
  for (const { pos, end, for: what } of waiting) {
    const message =
      what === "commands"
        ? "This waits for commands that never come: a step's input is empty, and what follows runs outside."
        : "This waits for input that never comes: a step's input is empty.";
    const hint =
      what === "commands"
        ? "Run what is meant for inside on a target (`on`), or give the command what it is to run."
        : "Give it its input (`<<'EOF'`), or what it is to do as an argument.";
    complaints.add("waits-for-input", spanInFence(fence, pos, Math.min(end, lineEnd(fence.text, pos))), message, {
      hint,
    });
  }
  // Where other lines stand between prompts, they may be what the commands printed: then nothing is certain.
  const certain = fence.text.split("\n").every((line) => /^\s*(?:\$[ \t]|$)/.test(line));
  for (const pos of prompts) {
    const prompt = /^\$[ \t]*/.exec(fence.text.slice(pos))?.[0] ?? "$";
    const span = spanInFence(fence, pos, pos + prompt.length);
    complaints.add("prompt", span, "This prompt is no part of the command.", {
      hint: certain
        ? "Write commands without a prompt."
        : "Write commands without a prompt and what they print in an `output` fence, or make it a `console` step.",
      mend: certain ? { span, text: "" } : undefined,
    });
  }
  const [error] = errors;
  // Behind a prompt stands what was printed as often as what was typed.
  if (!error || prompts.length > 0) return;
  const start = placeOfOffset(fence, Math.min(error.pos, fence.text.length));
  const span = { start, end: { line: start.line, column: start.column + 1 } };
  complaints.add("shell-syntax", span, `${capital(error.message)}.`, {
    hint: isPatternError(error.message, fence.text, error.pos) ? PATTERN_HINT : hint,
  });
}

/** Only steps run with `pipefail`: in a guard or a proof such a pipe says what it seems to. */
function checkPipes(fence: Fence, complaints: Complaints): void {
  for (const { pos, end } of readShell(fence.text).hasty) {
    const message =
      "This ends at the first match, and what writes into it may then fail: in a step the whole pipe does.";
    complaints.add("hasty-pipe", spanInFence(fence, pos, end), message, {
      hint: "Let it read to the end: `grep … >/dev/null` in place of `--quiet`.",
    });
  }
}

function lineEnd(text: string, pos: number): number {
  const end = text.indexOf("\n", pos);
  return end === -1 ? text.length : end;
}

const PATTERN_HINT =
  "In `[[ ]]` bash takes an unquoted `(`, `)`, `;`, `&`, `<` or `>` of a pattern for its own, in brackets too: write `[\\)]`, or put the pattern in a variable.";

/** Whether bash stumbles over a pattern: people think that brackets quote, and regular expressions elsewhere agree. */
function isPatternError(message: string, text: string, pos: number): boolean {
  const line = text.slice(text.lastIndexOf("\n", pos - 1) + 1, pos);
  return /^(?:unexpected token|expected '\]\]')/.test(message) && /\[\[.*(?:=~|[!=]?=)\s.*\[[^\]]*$/.test(line);
}

function checkCommand(command: string, what: string, span: Span, complaints: Complaints): void {
  const [error] = readShell(command).errors;
  if (error)
    complaints.add("shell-syntax", span, `${what} is no shell: ${error.message}.`, { hint: "Mend the command." });
}

function capital(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
