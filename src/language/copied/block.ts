import type { FileTarget } from "../model/runbook.ts";
import { fillSlots } from "../values/fill.ts";
import type { Template } from "../values/template.ts";

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
  | { kind: "data"; text: string; slots: DataSlot[]; file?: FileTarget }
  /** A session: the text with prompts and what is printed is shown, the commands alone are copied. */
  | { kind: "session"; template: Template; text: string; slots: SessionSlot[] };

/** A place in a session: of a slot of its commands, or of what is printed. */
interface SessionSlot extends DataSlot {
  /** The index of the commands' slot. */
  command?: number;
}

/** A block's text as written, and its slots. */
export function written(block: Block): { text: string; slots: readonly DataSlot[] } {
  return block.kind === "shell" ? block.template : block;
}

/** What stands in each slot: the value, or the reference where the value can't stand in place. */
export function slotTexts(block: Block, values: Values): string[] {
  const { text, slots } = written(block);
  const fillings = fillingsOf(block, values);
  return slots.map(({ pos, end }, slot) => fillings[slot] ?? text.slice(pos, end));
}

function fillingsOf(block: Block, values: Values): readonly (string | undefined)[] {
  if (block.kind === "shell") return fillSlots(block.template, values);
  if (block.kind === "data") return block.slots.map(({ name }) => values.get(name));
  const commands = fillSlots(block.template, values);
  return block.slots.map(({ name, command }) => (command === undefined ? values.get(name) : commands[command]));
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
