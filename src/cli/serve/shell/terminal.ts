import type { EventEmitter } from "node:events";
import type { IPty } from "@lydell/node-pty";
import { Pace } from "./pace.ts";

/** A program that is hung up and goes on for so long is killed. */
const HANG_UP_MS = 2_000;

/** A program in a pseudo-terminal. An error of that terminal ends the program, and nothing else of the server. */
export class Terminal {
  /** Resolves when the program has ended and all its output is printed. */
  readonly ended: Promise<void>;
  readonly #pty: IPty;
  #open = true;

  constructor(pty: IPty, print: (text: string) => void) {
    this.#pty = pty;
    const pace = new Pace(pty, print);
    pty.onData((text) => pace.add(text));
    // The library throws an error that has no second listener, and an error that is thrown there ends the process.
    (pty as IPty & EventEmitter).on("error", (error: NodeJS.ErrnoException) => this.#lost(error, pace));
    this.ended = new Promise((resolve) => {
      pty.onExit(() => {
        this.#open = false;
        pace.end();
        resolve();
      });
    });
  }

  type(text: string): void {
    this.#pty.write(text);
  }

  /** Gives the terminal another size; one whose program has just ended has none. */
  resize(columns: number, rows: number): void {
    try {
      this.#pty.resize(columns, rows);
    } catch {
      // The end is told in a moment.
    }
  }

  /** Ends the program as a closed terminal does. */
  hangUp(): void {
    if (this.#open) this.#pty.kill("SIGHUP");
    this.#killLater();
  }

  /** The terminal can't be read or written any more. */
  #lost({ code, message }: NodeJS.ErrnoException, pace: Pace): void {
    // Linux answers so where the last program has closed the terminal: that is its usual end. The number of a process that
    // has ended may be another's already, so no signal is sent at once.
    if (code === "EIO") {
      this.#killLater();
      return;
    }
    pace.add(`\r\nThis terminal is lost: ${message}. Its shell is ended.\r\n`);
    this.hangUp();
  }

  #killLater(): void {
    setTimeout(() => {
      if (this.#open) this.#pty.kill("SIGKILL");
    }, HANG_UP_MS).unref();
  }
}
