import { stripVTControlCharacters } from "node:util";
import { printable } from "../../terminal/clean.ts";
import { widthOf } from "../../terminal/width.ts";

/** The last lines of the terminal, drawn again and again and erased in the end. */
export class LiveArea {
  readonly #write: (text: string) => void;
  readonly #columns: () => number;
  #drawn: string[] = [];

  constructor(write: (text: string) => void, columns: () => number) {
    this.#write = write;
    this.#columns = columns;
  }

  /** Shows these lines in place of those that were drawn last. */
  draw(lines: readonly string[]): void {
    const same = lines.length === this.#drawn.length && lines.every((line, index) => line === this.#drawn[index]);
    if (same) return;
    this.#write(this.#eraser() + text(lines));
    this.#drawn = [...lines];
  }

  /** Prints lines that stay, where the drawn ones were. */
  print(lines: readonly string[]): void {
    this.#write(this.#eraser() + text(lines));
    this.#drawn = [];
  }

  /** Takes the drawn lines away. */
  erase(): void {
    const eraser = this.#eraser();
    if (eraser) this.#write(eraser);
    this.#drawn = [];
  }

  /** A terminal that became narrower has wrapped what was drawn, so rows are counted at its width now. */
  #eraser(): string {
    if (this.#drawn.length === 0) return "";
    const columns = this.#columns();
    const rows = this.#drawn
      .map((line) => Math.max(1, Math.ceil(widthOf(stripVTControlCharacters(line)) / columns)))
      .reduce((sum, count) => sum + count, 0);
    return `\u001b[${rows}A\r\u001b[J`;
  }
}

function text(lines: readonly string[]): string {
  // The codes that move the cursor stand around these lines, never in them.
  return printable(lines.map((line) => `${line}\n`).join(""), true);
}
