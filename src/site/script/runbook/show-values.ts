import { type Block, slotTexts, type Values, written } from "../../../language/copied/block.ts";

/** A block on the page, with the marks of each of its slots. */
interface Place {
  block: Block;
  marks: Mark[][];
}

interface Mark {
  element: HTMLElement;
  text: Text;
  given: boolean;
}

let places: Place[] | undefined;
/** What each name was last shown as; `=` before a value that the reader gave. */
let shown = new Map<string, string>();

/** Puts values in the place of those that stand there, in every block of the page that has one of those that changed. */
export function showValues(blocks: ReadonlyMap<string, Block>, values: Values, given: Values): void {
  places ??= findPlaces(blocks);
  const now = new Map(Array.from(values, ([name, value]) => [name, (given.has(name) ? "=" : " ") + value]));
  for (const { block, marks } of places) {
    const { slots } = written(block);
    if (!slots.some(({ name }) => shown.get(name) !== now.get(name))) continue;
    slotTexts(block, values).forEach((value, slot) => {
      const isGiven = given.has(slots[slot]?.name ?? "");
      marks[slot]?.forEach((mark, index) => {
        const part = index ? "" : value;
        // A text that gets other data costs the page far less than another text.
        if (mark.text.data !== part) mark.text.data = part;
        if (mark.given !== isGiven) mark.element.classList.toggle("given", isGiven);
        mark.given = isGiven;
      });
    });
  }
  shown = now;
}

function findPlaces(blocks: ReadonlyMap<string, Block>): Place[] {
  return [...document.querySelectorAll<HTMLElement>("[data-block]")].flatMap((place) => {
    const block = blocks.get(place.dataset["block"] ?? "");
    if (!block) return [];
    const marks = written(block).slots.map((_, slot) =>
      Array.from(place.querySelectorAll<HTMLElement>(`[data-slot="${slot}"]`), markOf),
    );
    return [{ block, marks }];
  });
}

/** Of a value in several colours the first is kept. */
function markOf(element: HTMLElement): Mark {
  let text: Node = element;
  element.replaceChildren(element.firstChild ?? "");
  while (text.firstChild) text = text.firstChild;
  return { element, text: text as Text, given: false };
}
