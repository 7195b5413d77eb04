import { type Block, copyOf, shownPiecesOf, slotTexts, type Values, written } from "../runbook/block.ts";

/** Puts values in the place of those that stand there, in every block of the page. */
export function showValues(blocks: ReadonlyMap<string, Block>, values: Values, given: ReadonlySet<string>): void {
  for (const [key, block] of blocks) {
    const place = document.querySelector<HTMLElement>(`[data-block="${key}"]`);
    if (!place) continue;
    const { slots } = written(block);
    if (slots.length > 0) fillSlots(place, block, values, given);
    const button = place.querySelector<HTMLElement>("[data-code]");
    // The code blocks' own script reads it, with this in place of a line feed.
    if (button) button.dataset["code"] = copyOf(block, values).replaceAll("\n", "\x7F");
  }
}

function fillSlots(place: HTMLElement, block: Block, values: Values, given: ReadonlySet<string>): void {
  const texts = slotTexts(block, values);
  let marks = marksOf(place);
  // An empty value has no mark yet.
  if (texts.some((_, slot) => !marks.has(String(slot)))) {
    rebuild(place, block, values);
    marks = marksOf(place);
  }
  texts.forEach((text, slot) => {
    const [first, ...rest] = marks.get(String(slot)) ?? [];
    for (const mark of rest) mark.textContent = "";
    if (!first) return;
    if (first.textContent !== text) first.textContent = text;
    first.classList.toggle("given", given.has(written(block).slots[slot]?.name ?? ""));
  });
}

function marksOf(place: HTMLElement): Map<string, HTMLElement[]> {
  const marks = new Map<string, HTMLElement[]>();
  for (const mark of place.querySelectorAll<HTMLElement>("[data-slot]")) {
    const slot = mark.dataset["slot"] ?? "";
    marks.set(slot, [...(marks.get(slot) ?? []), mark]);
  }
  return marks;
}

/** Without colours, but with a place for each value. */
function rebuild(place: HTMLElement, block: Block, values: Values): void {
  const code = place.tagName === "CODE" ? place : place.querySelector("pre > code");
  let line = code;
  const next = (): void => {
    line = document.createElement("div");
    line.className = "code";
    const outer = document.createElement("div");
    outer.className = "ec-line";
    outer.append(line);
    code?.append(outer);
  };
  code?.replaceChildren();
  if (code !== place) next();
  for (const { text, slot } of shownPiecesOf(block, values)) {
    if (slot !== undefined) {
      const mark = document.createElement("span");
      mark.className = "value";
      mark.dataset["slot"] = String(slot);
      line?.append(mark);
      continue;
    }
    text.split("\n").forEach((part, index) => {
      if (index > 0) next();
      line?.append(part);
    });
  }
}
