import type { Slot, Template } from "./template.ts";

/** A piece of a filled template: text as written, or a value in the place of a reference. */
export interface Piece {
  text: string;
  /** The variable whose value this is. */
  name?: string;
}

const SAFE = /^[A-Za-z0-9_@%+:,./-]+$/;
const SAFE_WORDS = /^[A-Za-z0-9_@%+:,./-]+(?: [A-Za-z0-9_@%+:,./-]+)*$/;

/** Puts values in the places of a template that they fit exactly; elsewhere the reference stays. */
export function fillTemplate({ text, slots }: Template, values: ReadonlyMap<string, string>): Piece[] {
  const barred = new Set<Slot>();
  let pieces = place(text, slots, values, barred);
  // A value can make a line of a heredoc its end: then this heredoc keeps its references.
  for (const slot of slots) {
    if (!slot.heredoc || barred.has(slot)) continue;
    const alike = slots.filter(({ heredoc }) => heredoc?.pos === slot.heredoc?.pos);
    if (endsEarly(slot.heredoc, text, alike, values)) for (const other of alike) barred.add(other);
  }
  if (barred.size > 0) pieces = place(text, slots, values, barred);
  return pieces;
}

function place(text: string, slots: readonly Slot[], values: ReadonlyMap<string, string>, barred: Set<Slot>): Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const slot of slots) {
    const value = barred.has(slot) ? undefined : written(slot, values.get(slot.name), done === slot.pos);
    if (value === undefined) continue;
    if (slot.pos > done) pieces.push({ text: text.slice(done, slot.pos) });
    pieces.push({ text: value, name: slot.name });
    done = slot.end;
  }
  if (done < text.length || pieces.length === 0) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** A value as it is written in its place; undefined where no writing is exact. */
function written(
  { placing, heredoc, joined }: Slot,
  value: string | undefined,
  filledBefore: boolean,
): string | undefined {
  if (value === undefined) return undefined;
  if (joined && !filledBefore && /^[A-Za-z0-9_[]/.test(value)) return undefined;
  switch (placing) {
    case "quoted":
      // Pasted into a terminal, `!` would be history even between double quotes.
      return value.includes("!") ? undefined : value.replace(/[\\"$`]/g, "\\$&");
    case "heredoc":
      return heredoc?.tabs && value.includes("\t") ? undefined : value.replace(/[\\$`]/g, "\\$&");
    case "argument":
      return SAFE_WORDS.test(value) ? value : undefined;
    case "unsplit":
      return SAFE.test(value) ? value : undefined;
  }
}

function endsEarly(
  { pos, end, delimiter, tabs }: NonNullable<Slot["heredoc"]>,
  text: string,
  slots: readonly Slot[],
  values: ReadonlyMap<string, string>,
): boolean {
  let body = "";
  let done = pos;
  for (const slot of slots) {
    const value = written(slot, values.get(slot.name), done === slot.pos);
    if (value === undefined) continue;
    body += text.slice(done, slot.pos) + value;
    done = slot.end;
  }
  body += text.slice(done, end);
  return body.split("\n").some((line) => (tabs ? line.replace(/^\t+/, "") : line) === delimiter);
}
