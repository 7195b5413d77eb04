const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const HEX = "[0-9a-fA-F]";
// Bounded, so that a line of digits is not read to its end from each of its places.
const NUMBER = "\\d{1,30}(?:[.,]\\d{1,30})?";
const THOUSANDS = "\\d{1,3}(?:,\\d{3}){1,9}(?:\\.\\d{1,30})?";
const TIME = "\\d{1,2}:\\d{2}(?::\\d{2}(?:[.,]\\d+)?)?";
const ZONE = "(?: ?(?:Z|UTC|GMT|[A-Z]{3,4}|[+-]\\d{2}:?\\d{2}))";
const DAY = "(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*";
const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*";
const UNIT =
  "(?:days?|d|hours?|hrs?|h|minutes?|mins?|min|m|seconds?|secs?|sec|s|milliseconds?|msec|ms|µs|us|ns)(?![A-Za-z])";
const SIZE_UNIT = "(?:[KMGTPEZYkmgtpezy](?:i?[Bb]?)|[Bb]ytes?|[Bb])(?![A-Za-z])";

/** What each matcher of an `output` fence stands for; of several, all are tried. */
const CLASSES: Readonly<Record<string, readonly string[]>> = {
  ip: [
    `${OCTET}(?:\\.${OCTET}){3}(?![\\d])`,
    `(?:${HEX}{0,4}:){2,7}(?:${HEX}{1,4}|${OCTET}(?:\\.${OCTET}){3})?(?:%[\\w.-]+)?`,
  ],
  mac: [`${HEX}{2}(?::${HEX}{2}){5}`, `${HEX}{2}(?:-${HEX}{2}){5}`],
  uuid: [`${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}`],
  pid: ["\\d{1,30}"],
  size: [`${NUMBER} ?${SIZE_UNIT}`, `${THOUSANDS} ?${SIZE_UNIT}`, THOUSANDS, NUMBER],
  date: [
    `\\d{4}-\\d{2}-\\d{2}(?:[T ]${TIME}${ZONE}?)?`,
    `(?:${DAY},? )?\\d{1,2} ${MONTH} \\d{4}(?: ${TIME}${ZONE}?)?`,
    `(?:${DAY},? +)?${MONTH} +\\d{1,2}(?: +${TIME}(?: [AP]M)?${ZONE}?)?(?:,? +\\d{4})?`,
    `${DAY} \\d{4}-\\d{2}-\\d{2} ${TIME}${ZONE}?`,
  ],
  duration: [
    `${NUMBER} ?${UNIT}`,
    `${NUMBER} ?${UNIT}(?:,? ?(?:and )?${NUMBER} ?${UNIT}){1,9}`,
    `(?:\\d{1,9}-)?${TIME}`,
  ],
};

/** The matchers' names. */
export const OUTPUT_CLASSES: readonly string[] = Object.keys(CLASSES);

/** What a matcher stands for, as one expression that Perl's kind has too. */
export function classExpression(name: string): string {
  return `(?:${(CLASSES[name] ?? []).map((source) => `(?:${source})`).join("|")})`;
}

const compiled = new Map(
  Object.entries(CLASSES).map(([name, sources]) => [name, sources.map((source) => new RegExp(source, "y"))]),
);

/** The places at which a matcher that begins at `from` may end in a line. */
export function classEnds(name: string, line: string, from: number): number[] {
  const ends: number[] = [];
  for (const expression of compiled.get(name) ?? []) {
    expression.lastIndex = from;
    if (expression.test(line)) ends.push(expression.lastIndex);
  }
  return ends;
}
