import { type Form, formsOf } from "./forms.ts";

/** Text that comes in pieces, masked. */
export interface MaskedStream {
  /** Takes a piece; gives what can be shown of it and of those before. */
  write(text: string): string;
  /** Gives what is still held back. */
  end(): string;
}

/** The number of units of a form that make a place a likely one. */
const clue = 3;

/** Replaces secrets, in each form that a shell or a tool gives them, by `***`. */
export class Masker {
  readonly #forms: Form[];
  /** Finds where a form may begin. */
  readonly #likely: RegExp;
  /** The most characters that `#likely` needs to see. */
  readonly #clueLength: number;
  readonly #mask: string;

  constructor(secrets: string[]) {
    this.#forms = secrets.flatMap(formsOf);
    const clues = this.#forms.map((form) => form.slice(0, clue));
    this.#likely = new RegExp(clues.map((units) => units.map(anyOf).join("")).join("|"), "g");
    this.#clueLength = Math.max(0, ...clues.map((units) => units.reduce((sum, unit) => sum + longest(unit), 0)));
    // No secret has the mask's character: what stays of the text can't make one with it.
    const character = [..."*\u2022#"].find((one) => !secrets.some((secret) => secret.includes(one))) ?? "*";
    this.#mask = character.repeat(3);
  }

  /** Masks a whole text. */
  text(text: string): string {
    return this.#forms.length === 0 ? text : this.#scan(text, true).shown;
  }

  /** Whether a secret is in a text, in any form. */
  contains(text: string): boolean {
    return this.text(text) !== text;
  }

  /** Masks text that comes in pieces: what could be the beginning of a secret is held back. */
  stream(): MaskedStream {
    if (this.#forms.length === 0) return { write: (text) => text, end: () => "" };
    let held = "";
    return {
      write: (text) => {
        const { shown, rest } = this.#scan(held + text, false);
        held = rest;
        return shown;
      },
      end: () => {
        const { shown } = this.#scan(held, true);
        held = "";
        return shown;
      },
    };
  }

  /** Masks what is certain; `rest` begins where a secret may go on behind the text's end. */
  #scan(text: string, complete: boolean): { shown: string; rest: string } {
    let shown = "";
    let done = 0;
    for (let at = this.#next(text, 0); at < text.length; at = this.#next(text, at)) {
      const { end, open } = this.#match(text, at);
      if (open && !complete) return { shown: shown + text.slice(done, at), rest: text.slice(at) };
      if (end > at) {
        shown += text.slice(done, at) + this.#mask;
        done = end;
      }
      at = Math.max(end, at + 1);
    }
    return { shown: shown + text.slice(done), rest: "" };
  }

  /** The next place where a secret may begin; near the text's end that is any. */
  #next(text: string, at: number): number {
    this.#likely.lastIndex = at;
    const likely = this.#likely.exec(text)?.index ?? text.length;
    return Math.min(likely, Math.max(at, text.length - this.#clueLength));
  }

  /** The end of the secrets that begin here and of those that overlap them; `open` where the text ends before that is certain. */
  #match(text: string, at: number): { end: number; open: boolean } {
    let end = at;
    let open = false;
    for (let start = at; start === at || start < end; start++) {
      for (const form of this.#forms) {
        const found = follow(form, text, start);
        end = Math.max(end, found.end);
        open ||= found.open;
      }
    }
    return { end, open };
  }
}

/** Follows all ways of writing a form at once. */
function follow(form: Form, text: string, start: number): { end: number; open: boolean } {
  let ends = [start];
  let open = false;
  for (const unit of form) {
    const next: number[] = [];
    for (const end of ends) {
      for (const way of unit) {
        const after = end + way.length;
        if (after > text.length) open ||= way.startsWith(text.slice(end));
        else if (text.startsWith(way, end) && !next.includes(after)) next.push(after);
      }
    }
    if (next.length === 0) return { end: -1, open };
    ends = next;
  }
  return { end: Math.max(...ends), open };
}

function anyOf(unit: string[]): string {
  return `(?:${unit.map((way) => way.replace(/\W/g, escapeUnit)).join("|")})`;
}

function escapeUnit(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
}

function longest(unit: string[]): number {
  return Math.max(...unit.map((way) => way.length));
}
