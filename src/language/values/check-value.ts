import { didYouMean } from "../../words/nearest.ts";
import { patternTimeMs, TooLongError, withinTime } from "../limits.ts";
import type { Parameter } from "../model/runbook.ts";
import { matchesAtOnce, notMatchedInTime } from "./at-once.ts";
import { brokenRule } from "./rules.ts";

/** Secrets shorter than this would be masked in the middle of innocent words. */
export const leastSecret = 6;

/** What is wrong with a value, in a sentence that says what would be right; undefined where nothing is. */
export function checkValue(parameter: Parameter, value: string): string | undefined {
  const { name, pattern, secret } = parameter;
  if (!value.isWellFormed()) return `${name} must not contain half a character (a lone surrogate).`;
  // Bytes that are no UTF-8 were read as this character, and would reach programs as three other bytes.
  if (value.includes("\ufffd")) {
    return `${name} must be UTF-8 text: it has the character U+FFFD, which stands for a byte that is none.`;
  }
  if (secret && value.length < leastSecret) {
    return `${name} must have at least ${leastSecret} characters, so that it can be masked in output.`;
  }
  if (pattern === undefined || matchesAtOnce(pattern, value.length)) return brokenRule(parameter, value, didYouMean);
  try {
    return withinTime(patternTimeMs, () => brokenRule(parameter, value, didYouMean));
  } catch (error) {
    if (!(error instanceof TooLongError)) throw error;
    return notMatchedInTime(name, pattern, patternTimeMs);
  }
}
