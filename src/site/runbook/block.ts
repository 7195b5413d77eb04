import { copiedFile, copiedTemplate } from "../../language/copied.ts";
import { fillTemplate } from "../../language/fill.ts";
import type { FileTarget } from "../../language/runbook.ts";
import type { Template } from "../../language/template.ts";

/** Values by name. */
export type Values = ReadonlyMap<string, string>;

/** A place in a text that data may take. */
interface DataSlot {
  name: string;
  pos: number;
  end: number;
}

/** A stretch of a page that shows values in place: plain data, the same at build and in the browser. */
export type Block =
  | { kind: "shell"; template: Template }
  | { kind: "data"; text: string; slots: DataSlot[]; file?: FileTarget };

/** A block's text as written, and its slots. */
export function written(block: Block): { text: string; slots: readonly DataSlot[] } {
  return block.kind === "shell" ? block.template : block;
}

/** What stands in each slot: the value, or the reference where the value can't stand in place. */
export function slotTexts(block: Block, values: Values): string[] {
  const { text, slots } = written(block);
  if (block.kind === "data") return slots.map(({ name, pos, end }) => values.get(name) ?? text.slice(pos, end));
  const filled = new Map<number, string>();
  let at = 0;
  for (const piece of fillTemplate(block.template, values)) {
    const slot = piece.name === undefined ? undefined : slots.find(({ pos }) => pos === at);
    if (slot) filled.set(slot.pos, piece.text);
    at = slot ? slot.end : at + piece.text.length;
  }
  return slots.map(({ pos, end }) => filled.get(pos) ?? text.slice(pos, end));
}

/** A piece of what is shown: plain, or of a slot. */
export interface ShownPiece {
  text: string;
  slot?: number;
}

/** The whole text as shown, in pieces. */
export function shownPiecesOf(block: Block, values: Values): ShownPiece[] {
  const { text, slots } = written(block);
  const pieces: ShownPiece[] = [];
  let at = 0;
  slotTexts(block, values).forEach((filling, slot) => {
    const { pos = 0, end = 0 } = slots[slot] ?? {};
    pieces.push({ text: text.slice(at, pos) }, { text: filling, slot });
    at = end;
  });
  return [...pieces, { text: text.slice(at) }].filter((piece) => piece.text !== "" || piece.slot !== undefined);
}

/** What the copy button gives. */
export function copyOf(block: Block, values: Values): string {
  if (block.kind === "shell") return copiedTemplate(block.template, values);
  if (block.file) return copiedFile(block.file, block.text, values);
  return shownPiecesOf(block, values)
    .map(({ text }) => text)
    .join("");
}
