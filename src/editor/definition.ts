import type { Location, Position } from "vscode-languageserver/node.js";
import type { Span } from "../language/model/place.ts";
import { isRole } from "../language/model/vocabulary.ts";
import { cursorAt, variableAt } from "./cursor.ts";
import { covers, rangeOf } from "./positions.ts";
import { variablesOf } from "./variables.ts";
import type { OpenPage } from "./workspace.ts";

/** Where the runbook of a `requires`, the step of a fence, a target or a variable is declared. */
export function definitionAt(
  open: OpenPage,
  position: Position,
  uriOf: (file: string) => string,
): Location | undefined {
  const found = ofRequirement(open, position) ?? ofAttribute(open, position) ?? ofVariable(open, position);
  return found && { uri: uriOf(found.file), range: rangeOf(found.span) };
}

interface Declared {
  file: string;
  span: Span;
}

function ofRequirement({ page, runbooks }: OpenPage, position: Position): Declared | undefined {
  const required = page.runbook?.requires.find(({ span }) => covers(span, position));
  return required && runbooks.get(required.id);
}

function ofAttribute({ page: { runbook, fences, file } }: OpenPage, position: Position): Declared | undefined {
  const attribute = fences.flatMap(({ attributes }) => attributes).find(({ span }) => covers(span, position));
  if (!attribute || !runbook) return undefined;
  const { key, value } = attribute;
  const span = isRole(key)
    ? fences.find((fence) => fence.role === "step" && fence.step === value)?.span
    : key === "on"
      ? runbook.targets.find(({ name }) => name === value)?.span
      : undefined;
  return span && { file, span };
}

function ofVariable({ text, order }: OpenPage, position: Position): Declared | undefined {
  const at = variableAt(cursorAt(text, position).line, position.character);
  return at && variablesOf(order).get(at.name);
}
