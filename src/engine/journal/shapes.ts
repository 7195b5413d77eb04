import type { Outcome } from "../events.ts";
import type { OutputPiece, RunbookOutline, StepEnd, StepRecipe } from "./record.ts";

/** Says whether what a record's JSON holds is what the journal wrote there. */
export type Shape<T> = (value: unknown) => value is T;

type Fields = Record<string, unknown>;

const OUTCOMES: ReadonlySet<unknown> = new Set<Outcome>([
  "passed",
  "skipped",
  "failed",
  "left",
  "blocked",
  "cancelled",
]);

/** Holds for an object that is no list. */
export const isFields = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === "string";

/** Holds for a list of texts. */
export const isTexts = (value: unknown): value is string[] => Array.isArray(value) && value.every(isText);

/** Holds for texts by name. */
export const isTextMap = (value: unknown): value is Record<string, string> =>
  isFields(value) && Object.values(value).every(isText);

/** Holds for the word of an outcome. */
export const isOutcome = (value: unknown): value is Outcome => OUTCOMES.has(value);

/** Holds for the runbooks of a run. */
export const isOutlines = (value: unknown): value is RunbookOutline[] =>
  isListOf(value, ({ id, page, ...lists }) => {
    return isText(id) && isText(page) && [lists["requires"], lists["needs"], lists["params"]].every(isTexts);
  });

/** Holds for a step's end. */
export const isEnd = (value: unknown): value is StepEnd =>
  isFields(value) &&
  isOutcome(value["outcome"]) &&
  (value["exitCode"] === null || typeof value["exitCode"] === "number") &&
  typeof value["durationMs"] === "number";

/** Holds for a step's output. */
export const isPieces = (value: unknown): value is OutputPiece[] =>
  isListOf(value, ({ phase, stream, text }) => isText(phase) && isText(stream) && isText(text));

/** What an undo runs must be whole: a part of it could do something else. */
export const isRecipe = (value: unknown): value is StepRecipe =>
  isFields(value) &&
  isText(value["page"]) &&
  (value["shell"] === "bash" || value["shell"] === "sh") &&
  isTarget(value["target"]) &&
  isFence(value["fence"]) &&
  isListOf(value["undo"], isFence) &&
  isListOf(value["targets"], ({ name, command }) => isText(name) && isText(command)) &&
  (value["file"] === undefined || (isFields(value["file"]) && isText(value["file"]["path"])));

function isListOf(value: unknown, is: (fields: Fields) => boolean): boolean {
  return Array.isArray(value) && value.every((one) => isFields(one) && is(one));
}

function isTarget(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { key, name, command } = value;
  return isText(key) && isText(name) && (command === undefined || isText(command));
}

function isFence(value: unknown): boolean {
  if (!isFields(value)) return false;
  const { text, span, lines } = value;
  return (
    isText(text) && isFields(span) && isFields(span["start"]) && isFields(span["end"]) && isListOf(lines, () => true)
  );
}
