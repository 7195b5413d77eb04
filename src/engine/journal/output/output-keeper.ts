import type { Phase } from "../../events.ts";
import { readOutput } from "../read.ts";
import type { Store } from "../store.ts";
import { OutputBuffer } from "./output-buffer.ts";

/** The longest time between two writes of output, in milliseconds. */
const flushMs = 500;

interface Kept {
  run: string;
  key: string;
  buffer: OutputBuffer;
  /** Set while output waits to be written. */
  timer?: NodeJS.Timeout;
}

/** Brings the output of the steps that run to the disk, a few times a second at most. */
export class OutputKeeper {
  readonly #store: Store;
  readonly #steps = new Map<string, Kept>();

  constructor(store: Store) {
    this.#store = store;
  }

  /** Takes output that was shown; an earlier attempt's stays before it. */
  append(run: string, key: string, phase: Phase, stream: "stdout" | "stderr", text: string): void {
    const name = `${run} ${key}`;
    let kept = this.#steps.get(name);
    if (!kept) {
      kept = { run, key, buffer: new OutputBuffer(readOutput(this.#store, run, key)) };
      this.#steps.set(name, kept);
    }
    kept.buffer.append(phase, stream, text);
    kept.timer ??= setTimeout(flushLater, flushMs, this, kept).unref();
  }

  /** Brings a step's output to the disk. */
  flush(run: string, key: string): void {
    const kept = this.#steps.get(`${run} ${key}`);
    if (kept) this.#write(kept);
  }

  /** Brings everything to the disk. */
  flushAll(): void {
    for (const kept of this.#steps.values()) if (kept.timer) this.#write(kept);
  }

  /** Frees the memory of a step that ended. */
  forget(run: string, key: string): void {
    const name = `${run} ${key}`;
    clearTimeout(this.#steps.get(name)?.timer);
    this.#steps.delete(name);
  }

  #write(kept: Kept): void {
    const pieces = JSON.stringify(kept.buffer.pieces());
    this.#store.afterwards(() =>
      this.#store.run(`INSERT OR REPLACE INTO outputs (run, key, pieces) VALUES (?, ?, ?)`, kept.run, kept.key, pieces),
    );
    clearTimeout(kept.timer);
    delete kept.timer;
  }
}

/** Nobody catches what a timer throws: the write at the step's end tries again and reports the error. */
function flushLater(keeper: OutputKeeper, kept: Kept): void {
  try {
    keeper.flush(kept.run, kept.key);
  } catch {}
}
