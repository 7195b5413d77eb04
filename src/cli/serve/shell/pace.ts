/** Characters that are sent at once. */
const MOST_SENT = 64 * 1024;
/** Milliseconds from one sending to the next: 3 MB a second, which is less than a browser's terminal can draw. */
const TICK_MS = 20;

/** Holds a program's output back, so that no queue grows in front of a slow reader: the program waits instead. */
export class Pace {
  readonly #program: { pause(): void; resume(): void };
  readonly #send: (text: string) => void;
  #waiting = "";
  #timer: NodeJS.Timeout | undefined;

  constructor(program: { pause(): void; resume(): void }, send: (text: string) => void) {
    this.#program = program;
    this.#send = send;
  }

  add(text: string): void {
    this.#waiting += text;
    if (this.#waiting.length > MOST_SENT) this.#program.pause();
    this.#timer ??= setTimeout(() => this.#tick(), TICK_MS);
  }

  /** Sends all that waits. */
  end(): void {
    clearTimeout(this.#timer);
    if (this.#waiting) this.#send(this.#waiting);
    this.#waiting = "";
  }

  #tick(): void {
    const text = this.#waiting.slice(0, MOST_SENT);
    this.#waiting = this.#waiting.slice(MOST_SENT);
    this.#timer = this.#waiting ? setTimeout(() => this.#tick(), TICK_MS) : undefined;
    if (this.#waiting.length <= MOST_SENT) this.#program.resume();
    this.#send(text);
  }
}
