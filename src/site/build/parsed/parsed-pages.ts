import type { Page } from "../../../language/model/page.ts";
import type { ParsedText } from "./read-for-site.ts";

/** A page that was read beside the build's other work. */
export interface ParsedPage extends ParsedText {
  page: Page;
}

/** The pages that are being read, by their files. */
export class ParsedPages {
  readonly #known = new Map<string, ParsedPage>();
  readonly #waiting = new Map<string, (() => void)[]>();
  #ended = false;

  /** A page was read; one without a tree is parsed by who needs it. */
  add(file: string, parsed: ParsedPage | undefined): void {
    if (parsed) this.#known.set(file, parsed);
    for (const go of this.#waiting.get(file) ?? []) go();
    this.#waiting.delete(file);
  }

  /** No other page will be read. */
  end(): void {
    this.#ended = true;
    for (const go of [...this.#waiting.values()].flat()) go();
    this.#waiting.clear();
  }

  /** Waits until a page was read, or will not be. */
  async read(file: string): Promise<void> {
    if (this.#ended || this.#known.has(file)) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#waiting.set(file, [...(this.#waiting.get(file) ?? []), resolve]);
    await promise;
  }

  /** A page of just this text, once: who gets its tree changes it. */
  take(file: string, body: string): ParsedPage | undefined {
    const parsed = this.#known.get(file);
    if (parsed?.body !== body.trim()) return undefined;
    this.#known.delete(file);
    return parsed;
  }
}

// The configuration of collections is a module of its own, which Vite has made of this: nothing else is common to both.
const place = globalThis as { [key: symbol]: ParsedPages | undefined };
const key = Symbol.for("virtualization-notes:parsed-pages");

/** Hands the pages that are being read to what renders them. */
export function shareParsed(pages: ParsedPages): void {
  place[key] = pages;
}

/** The pages that are being read; undefined where each is parsed where it is rendered. */
export function parsedPages(): ParsedPages | undefined {
  return place[key];
}
