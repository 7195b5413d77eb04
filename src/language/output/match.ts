import { type ExpectedLine, expectedLines } from "./expected-lines.ts";
import { matchesLine } from "./line.ts";
import { lineAsShown } from "./line-as-shown.ts";

/** The first difference between a step's output and the output on its page. */
export interface OutputDifference {
  /** The line of the expected text, from 1; one behind its last where more came than expected. */
  line: number;
  /** That line as the page has it, of a long one what is around the difference; undefined where nothing more is expected. */
  expected?: string;
  /** The line that came instead, cut alike; undefined where the output had ended. */
  actual?: string;
  /** The line of the output, from 1. */
  actualLine: number;
  /** The difference in a sentence. */
  message: string;
}

/**
 * Compares what a step printed with what its page expects. A line `…` stands for any lines, `…` in a
 * line for any characters, `<ip>` and its like for one value of that kind; white space at the ends of
 * lines and empty lines at the end don't count, and a line with carriage returns is what a terminal ends up with.
 */
export function matchOutput(
  expected: string,
  actual: string,
  values: ReadonlyMap<string, string>,
): OutputDifference | undefined {
  const wanted = expectedLines(expected, values);
  const came = linesOf(actual);
  let [want, have] = [0, 0];
  let star: { want: number; have: number } | undefined;
  let furthest = { want: 0, have: 0 };
  while (have < came.length || want < wanted.length) {
    const parts = wanted[want]?.parts;
    if (parts === "lines") {
      // A later `…` makes all choices of an earlier one alike, so one way back is enough.
      star = { want: ++want, have };
      if (want === wanted.length) return undefined;
      continue;
    }
    if (parts && have < came.length && matchesLine(parts, came[have] ?? "")) {
      want++;
      have++;
      continue;
    }
    if (want > furthest.want || !star) furthest = { want, have };
    if (!star || star.have >= came.length) return difference(furthest, wanted, came);
    star.have++;
    [want, have] = [star.want, star.have];
  }
  return undefined;
}

function difference(
  { want, have }: { want: number; have: number },
  wanted: readonly ExpectedLine[],
  came: string[],
): OutputDifference {
  // Behind a gap any line may stand; what is wrong is that this one never came.
  const gap = wanted[want - 1]?.parts === "lines";
  const [expected, actual] = aroundDifference(wanted[want]?.text, gap ? undefined : came[have]);
  const message =
    expected === undefined
      ? `Nothing more is expected, but ${quote(actual)} came.`
      : actual === undefined
        ? `Expected ${quote(expected)}, but ${gap ? "it never came" : "the output ended"}.`
        : `Expected ${quote(expected)}, but ${quote(actual)} came.`;
  return {
    line: wanted[want]?.line ?? (wanted.at(-1)?.line ?? 0) + 1,
    ...(expected !== undefined && { expected }),
    ...(actual !== undefined && { actual }),
    actualLine: have + 1,
    message,
  };
}

/** A line longer than this is cut, so that a difference always fits on a screen. */
const SHOWN = 200;
/** Characters that are kept before the place where two long lines part. */
const KEPT_BEFORE = 60;

function aroundDifference(expected: string | undefined, actual: string | undefined): (string | undefined)[] {
  let same = 0;
  if (expected !== undefined && actual !== undefined)
    while (same < expected.length && expected[same] === actual[same]) same++;
  const from = Math.max(expected?.length ?? 0, actual?.length ?? 0) > SHOWN ? Math.max(0, same - KEPT_BEFORE) : 0;
  const cut = (line: string | undefined): string | undefined =>
    line && `${from > 0 ? "…" : ""}${line.slice(from, from + SHOWN)}${line.length > from + SHOWN ? "…" : ""}`;
  return [cut(expected), cut(actual)];
}

function quote(line: string | undefined): string {
  return JSON.stringify(line ?? "");
}

/** The lines of what came, as a terminal shows them. */
function linesOf(text: string): string[] {
  const lines = text.split(/\r?\n/).map((line) => lineAsShown(line).trimEnd());
  while (lines.length > 0 && lines.at(-1) === "") lines.pop();
  return lines;
}
