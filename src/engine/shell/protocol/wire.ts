import { FewDescriptorsError, isLimit } from "../../../errors/few-descriptors.ts";
import type { Line } from "../launch.ts";
import { FrameReader } from "./frames.ts";
import type { FrameKind } from "./protocol.ts";

/** Takes a text's output, byte for byte. */
export type OutputSink = (stream: "stdout" | "stderr", bytes: Buffer) => void;

/** A frame that a target's shell writes between a step's output. */
export interface Frame {
  kind: FrameKind;
  text: string;
}

/** What listens to a wire. A frame of stdout that `frame` returns goes to who waits for one of its kind. */
export interface WireListener {
  output: OutputSink;
  frame: (kind: FrameKind, rest: Buffer) => Frame | undefined;
  errFrame: (kind: FrameKind, rest: Buffer) => void;
  lost: () => void;
}

/** A target could not be entered, or the line to it is lost. */
export class EnterError extends Error {
  /** The end of the command's output. */
  readonly said: string;
  /** What the target's command does to what goes through it, where that is the reason. */
  readonly mangles: "terminal" | "changed" | "silent" | undefined;

  constructor(message: string, said: string, mangles?: EnterError["mangles"]) {
    super(message);
    this.name = "EnterError";
    this.said = said;
    this.mangles = mangles;
  }
}

interface Waiter {
  kinds: string;
  resolve: (frame: Frame) => void;
  reject: (error: Error) => void;
}

/** A line with frames in it, and those who wait for them. */
export class Wire {
  readonly #line: Line;
  readonly #listener: WireListener;
  #waiters: Waiter[] = [];
  #gone = false;
  /** The system's error, where the line could not be started. */
  #code: string | undefined;
  /** The last of what came on stderr. */
  said = "";

  constructor(line: Line, nonce: string, listener: WireListener) {
    this.#line = line;
    this.#listener = listener;
    const out = new FrameReader(nonce, "stdout", {
      bytes: (chunk) => listener.output("stdout", chunk),
      frame: (kind, rest) => this.#frame(kind, rest),
    });
    const err = new FrameReader(nonce, "stderr", {
      bytes: (chunk) => {
        this.said = (this.said + chunk.toString("utf8")).slice(-4096);
        listener.output("stderr", chunk);
      },
      frame: listener.errFrame,
    });
    line.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    line.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    line.stdin.on("error", () => {});
    void line.ended.then((code) => this.#lost(code));
  }

  /** True once the line is lost. */
  get gone(): boolean {
    return this.#gone;
  }

  send(text: string | Buffer): void {
    if (this.#gone) return;
    const { stdin } = this.#line;
    stdin.write(text);
    while (stdin.writableCorked > 0) stdin.uncork();
  }

  /** Sends with what is sent next, or when there is nothing else to do. */
  sendSoon(text: string): void {
    if (this.#gone) return;
    const { stdin } = this.#line;
    stdin.cork();
    stdin.write(text);
    setImmediate(() => stdin.uncork());
  }

  /** The next frame of one of these kinds. Rejects with EnterError where the line is lost first. */
  expect(kinds: string): Promise<Frame> {
    if (this.#gone) return Promise.reject(this.#error());
    return new Promise((resolve, reject) => this.#waiters.push({ kinds, resolve, reject }));
  }

  /** Whether somebody waits for just these kinds. */
  waitsFor(kinds: string): boolean {
    return this.#waiters.some((waiter) => waiter.kinds === kinds);
  }

  /** Closes the line. */
  drop(): void {
    this.#line.stdin.end();
    this.#lost();
  }

  /** Kills the process of a line whose far side is no supervisor yet, and so does not end by itself. */
  kill(): void {
    this.drop();
    this.#line.kill();
  }

  #frame(kind: FrameKind, rest: Buffer): void {
    const frame = this.#listener.frame(kind, rest);
    if (!frame) return;
    const index = this.#waiters.findIndex((waiter) => waiter.kinds.includes(frame.kind));
    if (index >= 0) this.#waiters.splice(index, 1)[0]?.resolve(frame);
  }

  #lost(code?: string): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#code = code;
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters) waiter.reject(this.#error());
    this.#listener.lost();
  }

  /** Says nothing of the target where the line to it could not even be started. */
  #error(): Error {
    if (isLimit(this.#code)) return new FewDescriptorsError(this.#code);
    return new EnterError("the line to the target is lost", this.said);
  }
}
