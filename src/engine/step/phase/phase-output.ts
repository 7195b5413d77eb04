import { pagePath } from "../../shell/texts.ts";
import type { StepInHand } from "../step-in-hand.ts";
import type { PhaseText } from "./phase.ts";

type Stream = "stdout" | "stderr";

const usuallyKept = 4 * 1024 * 1024;
const eventLimit = 64 * 1024;

/** The output of a phase: decoded, masked and recorded; its beginning is kept for the caller. */
export class PhaseOutput {
  readonly #hand: StepInHand;
  readonly #phase: PhaseText;
  readonly #keptOutput: number;
  /** How bash names the page's text in its messages. */
  readonly #path: string;
  readonly #bashName: RegExp;
  readonly #streams;
  #stdout = "";
  #stderr = "";
  #cut = false;

  constructor(hand: StepInHand, phase: PhaseText, page: number) {
    const stream = () => ({
      decoder: new TextDecoder("utf-8", { ignoreBOM: true }),
      mask: hand.run.masker.stream(),
    });
    this.#hand = hand;
    this.#phase = phase;
    this.#keptOutput = phase.keptOutput ?? usuallyKept;
    this.#path = pagePath(page);
    this.#bashName = new RegExp(`${this.#path.replaceAll(".", "\\.")}\\d+(?=: )`, "g");
    this.#streams = { stdout: stream(), stderr: stream() };
  }

  /** Takes bytes of a stream. */
  readonly write = (stream: Stream, bytes: Buffer): void => {
    const { decoder, mask } = this.#streams[stream];
    let text = decoder.decode(bytes, { stream: true });
    if (stream === "stdout") {
      if (this.#stdout.length < this.#keptOutput) this.#stdout += text.slice(0, this.#keptOutput - this.#stdout.length);
      else this.#cut = true;
    } else if (text.includes(this.#path)) {
      text = text.replace(this.#bashName, () => this.#hand.step.runbook.file);
    }
    this.#record(stream, mask.write(text));
  };

  /** Takes the streams' last characters, and gives what is kept. */
  end(): { stdout: string; stderr: string; cut: boolean } {
    for (const stream of ["stdout", "stderr"] as const) {
      const { decoder, mask } = this.#streams[stream];
      this.#record(stream, mask.write(decoder.decode()) + mask.end());
    }
    return { stdout: this.#stdout, stderr: this.#stderr, cut: this.#cut };
  }

  #record(stream: Stream, text: string): void {
    if (text === "") return;
    if (stream === "stderr") this.#stderr = (this.#stderr + text).slice(-8192);
    if (this.#phase.silent) return;
    const { log, step } = this.#hand;
    // A character may take three bytes, and what is read at once is seldom longer than an event may be.
    const length = Buffer.byteLength(text) <= eventLimit ? text.length : eventLimit / 4;
    for (let from = 0; from < text.length; from += length) {
      log.output(step, this.#phase.phase, stream, text.slice(from, from + length));
    }
  }
}
