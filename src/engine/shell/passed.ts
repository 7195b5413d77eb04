import { EnterError } from "./protocol/wire.ts";

/** The output of a target's command while its shell is entered. A nonce in it outside of any frame was changed on the way. */
export class Passed {
  readonly #nonce: string;
  #text = "";

  constructor(nonce: string) {
    this.#nonce = nonce;
  }

  readonly take = (stream: "stdout" | "stderr", bytes: Buffer): void => {
    if (stream === "stdout" && this.#text.length < 65_536) this.#text += bytes.toString("latin1");
  };

  /** An error of entering, with what the command did to the streams where that is to be seen; `late`: the time was up. */
  explained(error: unknown, late: boolean): unknown {
    if (!(error instanceof EnterError) || error.mangles) return error;
    if (this.#text.includes(this.#nonce)) return new EnterError(error.message, "", "changed");
    return late && error.said.trim() === "" ? new EnterError(error.message, "", "silent") : error;
  }
}
