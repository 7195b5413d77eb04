import type { Complaints } from "../../model/complaints.ts";
import type { Place } from "../../model/place.ts";
import type { Fence } from "../../model/runbook.ts";
import { endOfOpenText, isWholeCommand } from "../../shell/whole.ts";

/** A session taken apart: lines of text with the places where they begin. */
interface Lines {
  text: string[];
  places: Place[];
}

/** The parts of a session. */
export interface Session {
  /** What was typed, without prompts. */
  commands: Fence;
  /** What was printed, where the session shows any of it. */
  output?: Fence;
  /** Lines of the fence, from 0, that may be a command as well as something else. */
  doubts: { line: number; kind: Doubt }[];
}

/**
 * `before`: printed before the first command. `long-prompt`: behind a prompt that names a user. `other-prompt`: `# ` in
 * a session of `$ ` is root's prompt, a comment, or printed. `comment`: `# ` and what reads like prose.
 */
export type Doubt = "before" | "long-prompt" | "other-prompt" | "comment";

const PROMPT = /^([$#])(?: |$)/;
const PROSE = /^# [A-Z][a-z]*[ ,.:]/;
const CONTINUED = /^>(?: |$)/;
/** `root@web:~# ls` and its like: who pastes that means a prompt. */
const LONG_PROMPT = /^(?:\([\w.-]+\) )?\[?[\w.-]+@[\w.-]+[: ][^\s$#]*[$#] \S/;

/**
 * Takes a session apart. The first prompt is the session's. What follows a prompt is a command, and so is what follows `> `, as long as the command
 * above it is not whole: behind a whole one `> ` is printed, so that no output ever runs.
 */
export function readSession(fence: Fence): Session {
  const source = fence.text.split("\n");
  const commands: Lines = { text: [], places: [] };
  const output: Lines = { text: [], places: [] };
  const doubts: Session["doubts"] = [];
  const prompt = source.map((line) => PROMPT.exec(line)?.[1]).find((found) => found !== undefined);
  const placeOf = (line: number, column: number): Place => {
    const start = fence.lines[line] ?? fence.span.start;
    return { line: start.line, column: start.column + column };
  };
  for (let line = 0; line < source.length; line++) {
    const text = source[line] ?? "";
    const own = PROMPT.exec(text)?.[1];
    const doubt = doubtOf(text, { own, prompt, begun: commands.text.length > 0 });
    if (doubt) doubts.push({ line, kind: doubt });
    else if (own) {
      const last = lastLineOf(source, line);
      for (let part = line; part <= last; part++) {
        commands.text.push((source[part] ?? "").slice(2));
        commands.places.push(placeOf(part, 2));
      }
      line = last;
    } else if (commands.text.length > 0) {
      output.text.push(text);
      output.places.push(placeOf(line, 0));
    }
  }
  const printed = withoutEmptyEnd(output);
  return {
    commands: { language: "sh", text: commands.text.join("\n"), span: fence.span, lines: placesOf(commands, fence) },
    ...(printed.text.length > 0 && {
      output: { language: "text", text: printed.text.join("\n"), span: fence.span, lines: printed.places },
    }),
    doubts,
  };
}

function doubtOf(
  text: string,
  { own, prompt, begun }: { own: string | undefined; prompt: string | undefined; begun: boolean },
): Doubt | undefined {
  if (LONG_PROMPT.test(text)) return "long-prompt";
  if (own !== undefined && own !== prompt) return "other-prompt";
  if (PROSE.test(text)) return "comment";
  return own === undefined && !begun && text.trim() !== "" ? "before" : undefined;
}

/** The last line of the command that begins on a line. */
function lastLineOf(source: readonly string[], first: number): number {
  let command = (source[first] ?? "").slice(2);
  let line = first;
  const goesOn = (): boolean => line + 1 < source.length && CONTINUED.test(source[line + 1] ?? "");
  while (goesOn() && !isWholeCommand(command)) {
    // A heredoc or a quote is read to its end at once: parsing it anew at each line would take the square of its length.
    const end = endOfOpenText(command);
    do {
      line += 1;
      command += `\n${(source[line] ?? "").slice(2)}`;
    } while (end !== undefined && !end((source[line] ?? "").slice(2)) && goesOn());
  }
  return line;
}

function withoutEmptyEnd({ text, places }: Lines): Lines {
  const length = text.findLastIndex((line) => line.trim() !== "") + 1;
  return { text: text.slice(0, length), places: places.slice(0, length) };
}

/** A text has one line at least. */
function placesOf({ places }: Lines, fence: Fence): Place[] {
  return places.length > 0 ? places : fence.lines.slice(0, 1);
}

const WORDS: Readonly<Record<Doubt, { message: string; hint: string }>> = {
  before: {
    message: "This line stands before the session's first command, so no command prints it.",
    hint: "Begin each command with `$ `, and nothing else with it.",
  },
  "long-prompt": {
    message: "This prompt is none that a session may have, and it may as well have been printed.",
    hint: "Begin each command with `$ ` alone.",
  },
  "other-prompt": {
    message: "This line may be a command of another user, a comment, or printed.",
    hint: "A session has one prompt, its first; write the step as `sh` and what it prints in an `output` fence.",
  },
  comment: {
    message: "This line reads like a comment, and would run as a command.",
    hint: "Write comments as prose around the session, and what is printed in an `output` fence.",
  },
};

/** Complains of lines that may be a command as well as something else, and of a session without a command. */
export function complainDoubts(fence: Fence, { commands, doubts }: Session, complaints: Complaints): void {
  for (const { line, kind } of doubts) {
    const start = fence.lines[line] ?? fence.span.start;
    const length = Math.max(1, fence.text.split("\n")[line]?.length ?? 1);
    const span = { start, end: { line: start.line, column: start.column + length } };
    complaints.add("bad-session", span, WORDS[kind].message, { hint: WORDS[kind].hint });
  }
  if (doubts.length > 0 || /^\s*[^\s#]/m.test(commands.text)) return;
  complaints.add("empty-fence", fence.span, "This session has no command.", {
    hint: "Begin each command with `$ `.",
  });
}
