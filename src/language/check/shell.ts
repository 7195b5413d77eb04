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
  for (const { fence, session } of page.runbook?.steps ?? []) if (session) checkFence(fence, SESSION_HINT, complaints);
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
  const { errors, prompts } = readShell(fence.text);
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
    hint,
  });
}

function checkCommand(command: string, what: string, span: Span, complaints: Complaints): void {
  const [error] = readShell(command).errors;
  if (error)
    complaints.add("shell-syntax", span, `${what} is no shell: ${error.message}.`, { hint: "Mend the command." });
}

function capital(message: string): string {
  return message.charAt(0).toUpperCase() + message.slice(1);
}
