import { cleanLine } from "../../terminal/clean.ts";

/** The end of a stream, whatever its length: what the display and a failure show of it. */
export class Tail {
  readonly #limit: number;
  #text = "";
  #cut = false;

  /** @param limit characters that are kept */
  constructor(limit = 16_384) {
    this.#limit = limit;
  }

  /** Takes the next piece; costs nothing that grows with the stream. */
  write(text: string): void {
    if (text.length >= this.#limit) {
      this.#cut ||= text.length > this.#limit || this.#text !== "";
      this.#text = text.slice(-this.#limit);
      return;
    }
    this.#text += text;
    // Twice the limit, so that a stream of small pieces is not copied at each of them.
    if (this.#text.length > 2 * this.#limit) this.#trim();
  }

  #trim(): void {
    if (this.#text.length <= this.#limit) return;
    this.#text = this.#text.slice(-this.#limit);
    this.#cut = true;
  }

  /** The last lines, without control characters; `…` stands for what came before. */
  lines(count: number): string[] {
    this.#trim();
    const lines = this.#text.split("\n");
    if (lines.at(-1) === "") lines.pop();
    const shown = lines.slice(-count).map(cleanLine);
    return this.#cut || lines.length > count ? ["…", ...shown.slice(lines.length > count ? 0 : 1)] : shown;
  }

  get empty(): boolean {
    return this.#text.trim() === "";
  }
}
