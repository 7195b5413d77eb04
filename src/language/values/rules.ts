import type { Parameter } from "../model/runbook.ts";

// What a browser needs to check a value as it is typed: no more than this.

/** Suggests the right word for a wrong one, as a question. */
type Suggest = (word: string, choices: readonly string[]) => string | undefined;

/** The rules of a parameter that decide over its values. */
export type ValueRules = Pick<Parameter, "name" | "pattern" | "enum" | "list" | "secret" | "multiline">;

/** Which rule of its parameter a value breaks, in a sentence that says what would be right; undefined where none. */
export function brokenRule(rules: ValueRules, value: string, suggest?: Suggest): string | undefined {
  const control = controlCharacter(value, rules.multiline);
  if (control) return `${rules.name} must not contain ${control}.`;
  // A shell splits a list at these, and at no other white space.
  const words = rules.list ? value.split(/[ \t\n]+/).filter(Boolean) : [value];
  for (const word of words) {
    const problem = brokenByWord(rules, word, suggest);
    if (problem) return problem;
  }
  return undefined;
}

function brokenByWord(
  { name, pattern, enum: choices, secret, list }: ValueRules,
  word: string,
  suggest?: Suggest,
): string | undefined {
  const what = secret ? name : `${name}${list ? ": the word" : ":"} ${JSON.stringify(word)}`;
  if (choices && !choices.includes(word)) {
    const meant = (!secret && suggest?.(word, choices)) || "";
    return `${what} is not one of ${choices.join(", ")}.${meant && ` ${meant}`}`;
  }
  const whole = pattern === undefined ? undefined : wholePattern(pattern);
  if (whole && !whole.test(word)) return `${what} does not match ${pattern}.`;
  return undefined;
}

function controlCharacter(value: string, multiline: boolean): string | undefined {
  const control = (multiline ? /(?![\t\n])\p{Cc}/u : /(?!\t)\p{Cc}/u).exec(value)?.[0];
  if (control === "\n") return "a line feed (a value is one line)";
  return control && `the control character U+${control.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
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
