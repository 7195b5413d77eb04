import { didYouMean } from "./nearest.ts";
import type { Parameter } from "./runbook.ts";

/** Secrets shorter than this would be masked in the middle of innocent words. */
const LEAST_SECRET = 6;

/** What is wrong with a value, in a sentence that says what would be right; undefined where nothing is. */
export function checkValue(parameter: Parameter, value: string): string | undefined {
  const { name } = parameter;
  const control = controlCharacter(value, parameter.multiline);
  if (control) return `${name} must not contain ${control}.`;
  if (!value.isWellFormed()) return `${name} must not contain half a character (a lone surrogate).`;
  if (parameter.secret && value.length < LEAST_SECRET) {
    return `${name} must have at least ${LEAST_SECRET} characters, so that it can be masked in output.`;
  }
  const words = parameter.list ? value.split(/\s+/).filter(Boolean) : [value];
  for (const word of words) {
    const problem = checkWord(parameter, word);
    if (problem) return problem;
  }
  return undefined;
}

function checkWord(parameter: Parameter, word: string): string | undefined {
  const { name, pattern, enum: choices, secret, list } = parameter;
  const what = secret ? name : `${name}${list ? ": the word" : ":"} ${JSON.stringify(word)}`;
  if (choices && !choices.includes(word)) {
    const meant = secret ? undefined : didYouMean(word, choices);
    return `${what} is not one of ${choices.join(", ")}.${meant ? ` ${meant}` : ""}`;
  }
  const whole = pattern === undefined ? undefined : wholePattern(pattern);
  if (whole && !whole.test(word)) return `${what} does not match ${pattern}.`;
  return undefined;
}

function controlCharacter(value: string, multiline: boolean): string | undefined {
  for (const [character] of value.matchAll(/\p{Cc}/gu)) {
    if (character === "\t") continue;
    if (character === "\n") {
      if (multiline) continue;
      return "a line feed (a value is one line)";
    }
    return `the control character U+${character.codePointAt(0)?.toString(16).toUpperCase().padStart(4, "0")}`;
  }
  return undefined;
}

/** A parameter's pattern as a regular expression for the whole value; undefined where it is none. */
export function wholePattern(pattern: string): RegExp | undefined {
  try {
    // Alone first: `a)|(b` would be an expression only between the brackets that follow.
    new RegExp(pattern, "u");
    return new RegExp(`^(?:${pattern})$`, "u");
  } catch {
    return undefined;
  }
}
