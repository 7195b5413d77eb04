/** Steps of a match, at the worst, that still count as at once: a few milliseconds. */
const AT_ONCE = 300_000;

/**
 * Whether a pattern is matched against a value of this length at once, however it backtracks. The pattern is counted, not run: each
 * mark that lets a match choose can multiply the steps by the length, and a repeated group can multiply them without a bound.
 */
export function matchesAtOnce(pattern: string, length: number): boolean {
  if (/\)[*+{]/.test(pattern)) return false;
  const choices = pattern.match(/[*+?{|]/g)?.length ?? 0;
  return (length + 1) ** choices <= AT_ONCE;
}

/** What is said of a value whose pattern was given up. */
export function notMatchedInTime(name: string, pattern: string, ms: number): string {
  return `${name} can't be matched against ${pattern} within ${ms / 1000} s, so it is refused.`;
}
