import type { Slot, Template } from "./template.ts";

/** A piece of a filled template: text as written, or a value in the place of a reference. */
export interface Piece {
  text: string;
  /** The variable whose value this is. */
  name?: string;
}

type Values = ReadonlyMap<string, string>;
/** What stands in each slot; undefined where the reference stays. */
type Fillings = readonly (string | undefined)[];

const SAFE = /^[A-Za-z0-9_@%+:,./-]+$/;
const SAFE_WORDS = /^[A-Za-z0-9_@%+:,./-]+(?: [A-Za-z0-9_@%+:,./-]+)*$/;

/** Puts values in the places of a template that they fit exactly; elsewhere the reference stays. */
export function fillTemplate(template: Template, values: Values): Piece[] {
  const { text, slots } = template;
  const pieces: Piece[] = [];
  let done = 0;
  fillSlots(template, values).forEach((filling, index) => {
    const slot = slots[index];
    if (filling === undefined || !slot) return;
    if (slot.pos > done) pieces.push({ text: text.slice(done, slot.pos) });
    pieces.push({ text: filling, name: slot.name });
    done = slot.end;
  });
  if (done < text.length || pieces.length === 0) pieces.push({ text: text.slice(done) });
  return pieces;
}

/** The same as one text. */
export function filledText(template: Template, values: Values): string {
  return joined(template, fillSlots(template, values), 0, template.text.length);
}

/** How the values are written in the slots of a template, in their order; undefined where no writing is exact. */
export function fillSlots(template: Template, values: Values): Fillings {
  const { slots } = template;
  const fillings = fillAll(slots, values, new Set());
  // A value can make a line of a heredoc its end: then this heredoc keeps its references.
  const barred = new Set<number>();
  for (const { heredoc } of slots) if (heredoc && endsEarly(heredoc, template, fillings)) barred.add(heredoc.pos);
  return barred.size > 0 ? fillAll(slots, values, barred) : fillings;
}

function fillAll(slots: readonly Slot[], values: Values, barred: ReadonlySet<number>): Fillings {
  let done = -1;
  return slots.map((slot) => {
    const stays = slot.heredoc && barred.has(slot.heredoc.pos);
    const filling = stays ? undefined : written(slot, values.get(slot.name), done === slot.pos);
    if (filling !== undefined) done = slot.end;
    return filling;
  });
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
  template: Template,
  fillings: Fillings,
): boolean {
  const lines = joined(template, fillings, pos, end).split("\n");
  return lines.some((line) => (tabs ? line.replace(/^\t+/, "") : line) === delimiter);
}

/** A stretch of the text with what stands in its slots. */
function joined({ text, slots }: Template, fillings: Fillings, from: number, to: number): string {
  let result = "";
  let done = from;
  slots.forEach(({ pos, end }, index) => {
    const filling = fillings[index];
    if (filling === undefined || pos < from || end > to) return;
    result += text.slice(done, pos) + filling;
    done = end;
  });
  return result + text.slice(done, to);
}
