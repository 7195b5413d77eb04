import { StringDecoder } from "node:string_decoder";

/** What a key did to the line. */
export type Edit = "changed" | "done" | "ended" | "interrupted" | "ignored";

/** A line that is being typed; knows keys, not terminals. */
export class LineEditor {
  readonly #decoder = new StringDecoder("utf8");
  #characters: string[] = [];
  #pending = "";

  /** The line so far. */
  get text(): string {
    return this.#characters.join("");
  }

  /** Takes what the terminal sent. What was pasted behind the line's end is dropped: it must not answer the next question. */
  feed(bytes: Buffer): Edit {
    let text = this.#pending + this.#decoder.write(bytes);
    this.#pending = "";
    let result: Edit = "ignored";
    while (text !== "") {
      // Arrow and function keys: nothing here needs them, and their codes must not get into a value.
      const sequence = /^\u001b(?:\[[0-?]*[ -/]*[@-~]|O.|[^[O])/.exec(text);
      if (sequence) {
        text = text.slice(sequence[0].length);
        continue;
      }
      if (text.startsWith("\u001b")) {
        this.#pending = text.length < 32 ? text : "";
        break;
      }
      const character = String.fromCodePoint(text.codePointAt(0) ?? 0);
      text = text.slice(character.length);
      const edit = this.#key(character);
      if (edit === "done" || edit === "ended" || edit === "interrupted") return edit;
      if (edit === "changed") result = edit;
    }
    return result;
  }

  #key(character: string): Edit {
    switch (character) {
      case "\r":
      case "\n":
        return "done";
      case "\u0003":
        return "interrupted";
      case "\u0004":
        return this.#characters.length === 0 ? "ended" : "ignored";
      case "\u007f":
      case "\b":
        return this.#characters.pop() === undefined ? "ignored" : "changed";
      case "\u0015":
        this.#characters = [];
        return "changed";
      case "\u0017":
        this.#characters = [...this.text.replace(/\S*\s*$/, "")];
        return "changed";
      default:
        if (character < " " && character !== "\t") return "ignored";
        this.#characters.push(character);
        return "changed";
    }
  }
}
