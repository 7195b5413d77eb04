import type { HereDoc, SyntaxNode } from "unbash";
import { loadUnbash } from "../parsers.ts";
import { parseShell, type Reference, readShell } from "../shell/analyse.ts";

/** How a value must be written where a reference stands. */
export type Placing = "quoted" | "heredoc" | "argument" | "unsplit";

/** A reference that a value may take the place of. */
export interface Slot {
  name: string;
  pos: number;
  end: number;
  placing: Placing;
  /** The heredoc that it stands in: its value must not end it. */
  heredoc?: { pos: number; end: number; delimiter: string; tabs: boolean };
  /** An unbraced reference right before it: if that one stays, a value that goes on its name can't follow. */
  joined: boolean;
}

/** A shell text with the places that values may take. It is plain data, so that a browser can fill it. */
export interface Template {
  text: string;
  slots: Slot[];
}

const known = new Map<string, Template>();

/** Finds in a shell text the references whose values quoting can put in place exactly. */
export function shellTemplate(text: string): Template {
  const remembered = known.get(text);
  if (remembered) return remembered;
  const facts = readShell(text);
  const reset = new Set(facts.assigned.map(({ name }) => name));
  // Where the text doesn't parse or makes text of its own, nothing is certain.
  const certain = facts.errors.length === 0 && !facts.dynamic;
  const heredocs = certain ? heredocsOf(parseShell(text)) : [];
  const ends = new Set(
    facts.references.filter(({ pos }) => /^\$[A-Za-z_]/.test(text.slice(pos))).map(({ end }) => end),
  );
  const slots: Slot[] = [];
  for (const reference of certain ? facts.references : []) {
    const { name, pos, end } = reference;
    const placing = reset.has(name) ? undefined : placingOf(reference, text, reset);
    if (!placing) continue;
    const inside = heredocs.find((heredoc) => heredoc.body.pos <= pos && end <= heredoc.body.end);
    slots.push({
      name,
      pos,
      end,
      placing,
      ...(inside && { heredoc: heredocOf(inside) }),
      joined: ends.has(pos),
    });
  }
  const template = { text, slots: slots.sort((a, b) => a.pos - b.pos) };
  if (known.size > 2000) known.clear();
  known.set(text, template);
  return template;
}

function placingOf(
  { plain, context, pos, end, holder }: Reference,
  text: string,
  reset: Set<string>,
): Placing | undefined {
  if (!plain || context === "other") return undefined;
  if (context === "quoted" || context === "heredoc") return context;
  // Splitting is the shell's own only while IFS is; `2>` would be a descriptor, braces and tildes come first.
  if (context === "argument" && (reset.has("IFS") || !holder)) return undefined;
  const word = holder?.type === "Word" ? holder : undefined;
  if (!word || /[{~]/.test(word.text) || /[<>]/.test(text[end] ?? "")) return undefined;
  if (context === "argument" && text.slice(end, word.end).includes("=")) return undefined;
  return pos >= word.pos ? context : undefined;
}

function heredocOf({ body, delimiter, operator }: HereDoc): NonNullable<Slot["heredoc"]> {
  return { pos: body.pos, end: body.end, delimiter: delimiter?.value ?? "", tabs: operator === "<<-" };
}

function heredocsOf(root: SyntaxNode): HereDoc[] {
  const found: HereDoc[] = [];
  const visit = (node: SyntaxNode): void => {
    if (node.type === "Script" && node.source !== undefined) return;
    if (node.type === "HereDoc") found.push(node);
    loadUnbash().forEachChild(node, visit);
  };
  visit(root);
  return found;
}
