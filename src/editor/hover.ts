import type { Hover, Position } from "vscode-languageserver/node.js";
import { isRole } from "../language/model/vocabulary.ts";
import { cursorAt, variableAt, wordAt } from "./cursor.ts";
import { HEADER_KEYS, meaningOf, VALUE_KEYS } from "./meanings.ts";
import { covers, rangeOf } from "./positions.ts";
import { code, variablesOf } from "./variables.ts";
import type { OpenPage } from "./workspace.ts";

/** What a key of a fence means, what a variable holds, what an id or a target stands for. */
export function hoverAt(open: OpenPage, position: Position): Hover | undefined {
  return ofAttribute(open, position) ?? ofVariable(open, position) ?? ofHeader(open, position);
}

function ofAttribute({ page }: OpenPage, position: Position): Hover | undefined {
  for (const { attributes, role } of page.fences) {
    const attribute = attributes.find(({ span }) => covers(span, position));
    if (!attribute || role === undefined) continue;
    const { key, value, span } = attribute;
    const meaning = meaningOf(key);
    if (meaning === undefined) return undefined;
    const texts = [`**${key}** — ${meaning}`];
    const step = page.runbook?.steps.find(({ id }) => id === value);
    if (isRole(key) && key !== "step" && step) texts.push(fenced(step.fence.text));
    const target = key === "on" && page.runbook?.targets.find(({ name }) => name === value);
    if (target) texts.push(fenced(target.command));
    return { contents: { kind: "markdown", value: texts.join("\n\n") }, range: rangeOf(span) };
  }
  return undefined;
}

function ofVariable({ text, order }: OpenPage, position: Position): Hover | undefined {
  const at = variableAt(cursorAt(text, position).line, position.character);
  const variable = at && variablesOf(order).get(at.name);
  if (!variable) return undefined;
  return {
    contents: { kind: "markdown", value: `**${variable.name}** — ${variable.about}` },
    range: { start: { ...position, character: at.from }, end: { ...position, character: at.to } },
  };
}

function ofHeader({ text, runbooks, page }: OpenPage, position: Position): Hover | undefined {
  const { inFrontmatter, line, path } = cursorAt(text, position);
  const at = inFrontmatter ? wordAt(line, position.character) : undefined;
  if (!at) return undefined;
  const required = page.runbook?.requires.find(({ span }) => covers(span, position));
  const about = required ? ofRunbook(required.id, runbooks) : ofKey(at.word, line.slice(at.to), path);
  if (about === undefined) return undefined;
  return {
    contents: { kind: "markdown", value: about },
    range: { start: { ...position, character: at.from }, end: { ...position, character: at.to } },
  };
}

function ofRunbook(id: string, runbooks: OpenPage["runbooks"]): string | undefined {
  const runbook = runbooks.get(id);
  if (!runbook) return undefined;
  const { title, description, file, steps } = runbook;
  const about = description === undefined ? "" : `\n\n${description}`;
  return `**${id}** — ${title} (${code(file)}, ${steps.length} steps)${about}`;
}

/** A word is a key where a colon follows it, at the depth where the language has such keys. */
function ofKey(word: string, after: string, path: readonly string[]): string | undefined {
  if (!/^\s*:/.test(after) || path[0] !== "runbook") return undefined;
  const table: Readonly<Record<string, string>> = path[1] === "params" && path.length > 2 ? VALUE_KEYS : HEADER_KEYS;
  const inner = path.length === 1 || (path.length === 2 && path[1] === word) || path.length > 2;
  const about = inner ? table[word] : undefined;
  return about === undefined ? undefined : `**${word}** — ${about}`;
}

function fenced(text: string): string {
  const marks = "`".repeat(Math.max(3, ...[...text.matchAll(/`{3,}/g)].map(([run]) => run.length + 1)));
  return `${marks}sh\n${text}\n${marks}`;
}
