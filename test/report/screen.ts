import { widthOf } from "../../src/terminal/width.ts";

/** A terminal small enough to be checked by eye: it wraps, moves up, and erases. Anything else is an error. */
export class Screen {
  readonly columns: number;
  #rows: string[][] = [[]];
  #row = 0;
  #column = 0;

  constructor(columns: number) {
    this.columns = columns;
  }

  readonly write = (text: string): void => {
    const tokens = text.matchAll(/\u001b\[(\d*)([A-Za-z])|([\s\S])/gu);
    for (const [whole, count = "", letter, character] of tokens) {
      if (letter) this.#control(letter, Number(count), whole);
      else this.#put(character ?? "");
    }
  };

  get text(): string {
    return this.#rows
      .map((row) => row.join("").trimEnd())
      .join("\n")
      .trimEnd();
  }

  #control(letter: string, count: number, whole: string): void {
    if (letter === "m") return;
    if (letter === "A") this.#row = Math.max(0, this.#row - count);
    else if (letter === "J") {
      this.#rows.length = this.#row + 1;
      this.#rows[this.#row]?.splice(this.#column);
    } else if (letter === "K") this.#rows[this.#row]?.splice(this.#column);
    else throw new Error(`unexpected control sequence ${JSON.stringify(whole)}`);
  }

  #put(character: string): void {
    if (character === "\r") {
      this.#column = 0;
    } else if (character === "\n") {
      this.#feed();
    } else if (character < " ") {
      throw new Error(`control character ${JSON.stringify(character)} on the terminal`);
    } else {
      const width = widthOf(character);
      if (this.#column + width > this.columns) this.#feed();
      const row = this.#rows[this.#row] ?? [];
      row[this.#column] = character;
      if (width === 2) row[this.#column + 1] = "";
      this.#rows[this.#row] = row;
      this.#column += width;
    }
  }

  #feed(): void {
    this.#row += 1;
    this.#column = 0;
    this.#rows[this.#row] ??= [];
  }
}
