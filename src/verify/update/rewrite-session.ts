import type { Fence, Step } from "../../language/model/runbook.ts";
import { matchOutput } from "../../language/output/match.ts";
import { linesOf } from "./rewrite-output.ts";

/** A line of what a session shows as printed: its text and its line in the page, and which command it follows. */
interface Shown {
  text: string;
  line: number;
  command: number;
}

/**
 * The page's text with other printed lines in a session, and every other byte as it was. Undefined where it can't be told which
 * command printed what: what was printed comes as one text, and only lines that are as before show where one ends.
 */
export function rewriteSession(page: string, step: Step, printed: string): string | undefined {
  const { session, fence, output } = step;
  if (!session) return undefined;
  const ends = commandEnds(fence, output);
  const shown = shownLines(output, ends);
  const blocks = assign(shown, linesOf(printed), ends.length);
  if (!blocks) return undefined;
  const lines = page.split("\n");
  // From the last command up, so that the places of those above stay right.
  for (let command = ends.length - 1; command >= 0; command -= 1) {
    const last = ends[command] ?? 0;
    const own = shown.filter((line) => line.command === command);
    const prefix = prefixOf(lines[last - 1] ?? "", fence, last);
    const carriage = (lines[last - 1] ?? "").endsWith("\r") ? "\r" : "";
    const fresh = (blocks[command] ?? []).map((line) => `${line === "" ? prefix.trimEnd() : prefix + line}${carriage}`);
    lines.splice(last, (own.at(-1)?.line ?? last) - last, ...fresh);
  }
  return lines.join("\n");
}

/** The page's line on which each command ends that is followed by something else than a command, and the last one's. */
function commandEnds({ lines }: Fence, output: Fence | undefined): number[] {
  const typed = lines.map(({ line }) => line);
  const printed = new Set(output?.lines.map(({ line }) => line));
  return typed.filter((line, index) => printed.has(line + 1) || index === typed.length - 1);
}

function shownLines(output: Fence | undefined, ends: readonly number[]): Shown[] {
  if (!output) return [];
  return output.text.split("\n").map((text, index) => {
    const { line } = output.lines[index] ?? output.span.start;
    return { text, line, command: ends.findLastIndex((end) => end < line) };
  });
}

/** What Markdown strips before a line of the session. */
function prefixOf(pageLine: string, { lines }: Fence, line: number): string {
  const place = lines.find((one) => one.line === line);
  // The prompt stands between what is stripped and the command.
  return pageLine.slice(0, Math.max(0, (place?.column ?? 3) - 3));
}

/** Gives each command its lines; undefined where lines between two that stayed may be of several commands. */
function assign(shown: readonly Shown[], printed: readonly string[], commands: number): string[][] | undefined {
  const blocks: string[][] = Array.from({ length: commands }, () => []);
  if (commands === 1) return [[...printed]];
  let [at, from] = [0, 0];
  for (const [one, other] of [...commonLines(shown, printed), [shown.length, printed.length] as const]) {
    const fresh = printed.slice(from, other);
    const replaced = shown.slice(at, one);
    const owners = new Set(replaced.map(({ command }) => command));
    if (owners.size === 0) {
      // Between two lines that stayed, something new: of their command, where both are of one.
      owners.add(shown[at - 1]?.command ?? -1).add(shown[one]?.command ?? -1);
    }
    owners.delete(-1);
    const [owner, ...others] = owners;
    if (fresh.length > 0 && (owner === undefined || others.length > 0)) return undefined;
    if (owner !== undefined) blocks[owner]?.push(...fresh);
    const kept = shown[one];
    if (kept) blocks[kept.command]?.push(kept.text);
    [at, from] = [one + 1, other + 1];
  }
  return blocks;
}

/** The longest run of lines that are in both, in order, by their numbers. */
function commonLines(shown: readonly Shown[], printed: readonly string[]): (readonly [number, number])[] {
  const same = (one: number, other: number): boolean =>
    matchOutput(shown[one]?.text ?? "", printed[other] ?? "", new Map()) === undefined && shown[one]?.text !== "…";
  const width = printed.length + 1;
  const best = new Uint32Array((shown.length + 1) * width);
  for (let one = shown.length - 1; one >= 0; one -= 1) {
    for (let other = printed.length - 1; other >= 0; other -= 1) {
      const here = same(one, other) ? (best[(one + 1) * width + other + 1] ?? 0) + 1 : 0;
      best[one * width + other] = Math.max(
        here,
        best[(one + 1) * width + other] ?? 0,
        best[one * width + other + 1] ?? 0,
      );
    }
  }
  const pairs: (readonly [number, number])[] = [];
  for (let one = 0, other = 0; one < shown.length && other < printed.length; ) {
    const value = best[one * width + other] ?? 0;
    if (same(one, other) && value === (best[(one + 1) * width + other + 1] ?? 0) + 1) pairs.push([one++, other++]);
    else if (value === (best[(one + 1) * width + other] ?? 0)) one += 1;
    else other += 1;
  }
  return pairs;
}
