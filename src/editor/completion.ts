import {
  type CompletionItem,
  CompletionItemKind,
  InsertTextFormat,
  type Position,
} from "vscode-languageserver/node.js";
import { NEEDS } from "../language/model/needs.ts";
import type { Role } from "../language/model/page.ts";
import { isRole, MODIFIERS, ROLES } from "../language/model/vocabulary.ts";
import { type Cursor, cursorAt, infoBefore } from "./cursor.ts";
import { HEADER_KEYS, meaningOf, VALUE_KEYS } from "./meanings.ts";
import { variablesOf } from "./variables.ts";
import type { OpenPage } from "./workspace.ts";

const LANGUAGES: Readonly<Record<string, string>> = {
  sh: "Shell: a step, or what belongs to one",
  console: "A session: commands behind prompts, and what they print",
  text: "What a step prints, or a file's content",
};

/** Values that a key takes, where they are few; what stands for an amount is an example. */
const VALUES: Readonly<Record<string, readonly string[]>> = {
  background: ["true"],
  reboot: ["true"],
  mode: ["0600", "0644", "0755"],
  timeout: ["30s", "5m", "1h"],
  within: ["10s", "30s", "2m"],
  retry: ["3"],
  exits: ["1", "0 1"],
};

/** What may be typed at a cursor. `snippets`: the editor can put its cursor between the quotes of a key. */
export function completionsAt(open: OpenPage, position: Position, snippets: boolean): CompletionItem[] {
  const cursor = cursorAt(open.text, position);
  if (cursor.inFrontmatter) return inFrontmatter(open, cursor);
  const info = infoBefore(cursor.before);
  if (info !== undefined) return inInfoString(open, info, snippets);
  return /\$\{?\w*$/.test(cursor.before) ? variables(open, cursor) : [];
}

function inInfoString(open: OpenPage, info: string, snippets: boolean): CompletionItem[] {
  if (!/\s/.test(info)) return items(Object.keys(LANGUAGES), CompletionItemKind.Keyword, (name) => LANGUAGES[name]);
  const [, key] = /\s([a-z]+)=["'][^"']*$/.exec(withoutPairs(info)) ?? [];
  if (key !== undefined) return valuesOf(key, open);
  const given = [...info.matchAll(/\s([a-z]+)=/g)].map(([, name = ""]) => name);
  const role = given.find(isRole);
  const keys = role ? MODIFIERS[role].filter((name) => !given.includes(name)) : rolesFor(open);
  return keys.map((name) => ({
    label: name,
    kind: CompletionItemKind.Property,
    documentation: meaningOf(name) ?? "",
    insertText: snippets ? `${name}="$1"` : `${name}=`,
    insertTextFormat: snippets ? InsertTextFormat.Snippet : InsertTextFormat.PlainText,
  }));
}

/** Pairs that are whole are blanked, so that a quote that is open is the last. */
function withoutPairs(info: string): string {
  return info.replace(/=(?:"[^"]*"|'[^']*')/g, (pair) => "=".padEnd(pair.length));
}

/** A page without `runbook:` may only say why a fence is not run. */
function rolesFor({ page }: OpenPage): readonly Role[] {
  return page.runbook ? ROLES : ["norun"];
}

function valuesOf(key: string, { page: { runbook } }: OpenPage): CompletionItem[] {
  const steps = runbook?.steps ?? [];
  if (key === "on") {
    const targets = new Map((runbook?.targets ?? []).map(({ name, command }) => [name, command]));
    return items(["host", ...targets.keys()], CompletionItemKind.Enum, (name) => targets.get(name));
  }
  if (isRole(key) && key !== "step" && key !== "norun") {
    const titles = new Map(steps.map(({ id, title, fence }) => [id, title ?? fence.text.split("\n")[0]]));
    return items([...titles.keys()], CompletionItemKind.Reference, (id) => titles.get(id));
  }
  return items(VALUES[key] ?? [], CompletionItemKind.Value, () => undefined);
}

function inFrontmatter({ page, runbooks, order }: OpenPage, { before, path }: Cursor): CompletionItem[] {
  const own = page.runbook?.id;
  const [top, key, name] = path;
  const isKey = /^\s*[\w-]*$/.test(before);
  if (path.length === 0) return isKey && !page.runbook ? keyItems({ runbook: "Makes the page a runbook." }) : [];
  if (top !== "runbook") return [];
  if (key === undefined) return isKey ? keyItems(HEADER_KEYS) : [];
  if (key === "requires") {
    const others = [...runbooks.values()].filter(({ id }) => id !== own);
    const titles = new Map(others.map(({ id, title }) => [id, title]));
    return items([...titles.keys()], CompletionItemKind.Module, (id) => titles.get(id));
  }
  if (key === "needs") return items(NEEDS, CompletionItemKind.Enum, () => undefined);
  if (key === "params" && name !== undefined && /[{,]\s*[\w-]*$|^\s+[\w-]*$/.test(before)) {
    return keyItems(VALUE_KEYS);
  }
  return /\$\{?\w*$/.test(before) ? [...variablesOf(order).values()].map(({ name: label }) => ({ label })) : [];
}

function keyItems(meanings: Readonly<Record<string, string>>): CompletionItem[] {
  return Object.entries(meanings).map(([label, documentation]) => ({
    label,
    kind: CompletionItemKind.Property,
    documentation,
    insertText: `${label}: `,
  }));
}

function variables({ order }: OpenPage, { before }: Cursor): CompletionItem[] {
  const closing = /\$\{\w*$/.test(before) ? "}" : "";
  return [...variablesOf(order).values()].map(({ name, about }) => ({
    label: name,
    kind: CompletionItemKind.Variable,
    documentation: { kind: "markdown", value: about },
    insertText: `${name}${closing}`,
  }));
}

function items(
  labels: readonly string[],
  kind: CompletionItemKind,
  about: (label: string) => string | undefined,
): CompletionItem[] {
  return labels.map((label) => {
    const detail = about(label);
    return { label, kind, ...(detail !== undefined && { detail }) };
  });
}
