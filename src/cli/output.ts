import { fstatSync, writeSync } from "node:fs";

type Name = "stdout" | "stderr";

const DESCRIPTORS: Readonly<Record<Name, number>> = { stdout: 1, stderr: 2 };

/** What a command needs to know of an output besides writing to it: whether it is a terminal, and of what size. */
export type OutputStream = Pick<NodeJS.WriteStream, "isTTY" | "columns" | "rows"> & {
  on(event: "resize", listener: () => void): unknown;
  off(event: "resize", listener: () => void): unknown;
};

/** Errors of a file that takes no more. */
const FULL = new Set(["ENOSPC", "EDQUOT", "EFBIG"]);

const NO_TERMINAL = { isTTY: false, on() {}, off() {} } as unknown as OutputStream;

/**
 * An output of this process. A pipe or a file is written without Node's own stream, which takes a seventh of `node -e 0` to
 * load; a terminal has its stream, which is made at its first use.
 */
export class Output {
  readonly #name: Name;
  #made: NodeJS.WriteStream | undefined;
  #isPlain: boolean | undefined;
  /** The system's error, such as `ENOSPC`, where a part could not be written; none where a reader or a terminal went away. */
  lost: string | undefined;

  constructor(name: Name) {
    this.#name = name;
  }

  get stream(): OutputStream {
    return this.#plain ? NO_TERMINAL : this.#opened();
  }

  write(text: string): void {
    if (this.#plain) this.#note(writeWhole(DESCRIPTORS[this.#name], text));
    else this.#opened().write(text);
  }

  /** Resolves when everything is written. */
  async flush(): Promise<void> {
    const stream = this.#made;
    if (stream) await new Promise<void>((resolve) => stream.write("", () => resolve()));
  }

  get #plain(): boolean {
    this.#isPlain ??= isPlain(DESCRIPTORS[this.#name]);
    return this.#isPlain;
  }

  #opened(): NodeJS.WriteStream {
    // A terminal may go away; a run must survive that.
    this.#made ??= process[this.#name].on("error", (error) => this.#note((error as NodeJS.ErrnoException).code));
    return this.#made;
  }

  #note(code: string | undefined): void {
    if (code !== undefined && FULL.has(code)) this.lost ??= code;
  }
}

/** Whether a descriptor is surely no terminal. A closed one is left to Node, which opens another in its place. */
function isPlain(descriptor: number): boolean {
  try {
    return !fstatSync(descriptor).isCharacterDevice();
  } catch {
    return false;
  }
}

/** Milliseconds before another try, where a pipe that somebody made non-blocking is full. */
const fullMs = 5;

/** Writes a text; gives the error where not all of it could be written. */
function writeWhole(descriptor: number, text: string): string | undefined {
  for (let bytes = Buffer.from(text); bytes.length > 0; ) {
    try {
      bytes = bytes.subarray(writeSync(descriptor, bytes));
    } catch (error) {
      // The reader of our output may end first (`| head`); a run must survive that, and a full disk.
      const { code } = error as NodeJS.ErrnoException;
      if (code !== "EAGAIN") return code;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, fullMs);
    }
  }
  return undefined;
}
