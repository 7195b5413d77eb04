import { type FrameKind, isFrame } from "./protocol.ts";

const begin = 0x1e;
const end = 0x1f;

/** What a stream of a target's shell carries: a step's own bytes, and frames of the shell in between. */
export interface FrameListener {
  bytes: (chunk: Buffer) => void;
  frame: (kind: FrameKind, rest: Buffer) => void;
}

/** Divides a stream into output and frames (see protocol.ts). Output is passed on byte for byte. */
export class FrameReader {
  readonly #mark: Buffer;
  readonly #stream: "stdout" | "stderr";
  readonly #listener: FrameListener;
  #held: Buffer = Buffer.alloc(0);

  constructor(nonce: string, stream: "stdout" | "stderr", listener: FrameListener) {
    this.#stream = stream;
    this.#mark = Buffer.from(`\x1e${nonce} `, "latin1");
    this.#listener = listener;
  }

  /** Takes what came, and passes on all that is certain. */
  push(chunk: Buffer): void {
    let data = this.#held.length > 0 ? Buffer.concat([this.#held, chunk]) : chunk;
    while (data.length > 0) {
      const at = data.indexOf(this.#mark);
      if (at < 0) {
        const keep = this.#possibleStart(data);
        this.#emit(data.subarray(0, data.length - keep));
        this.#held = data.subarray(data.length - keep);
        return;
      }
      const stop = data.indexOf(end, at + this.#mark.length);
      if (stop < 0) {
        this.#emit(data.subarray(0, at));
        this.#held = data.subarray(at);
        return;
      }
      this.#emit(data.subarray(0, at));
      const body = data.subarray(at + this.#mark.length, stop);
      const kind = String.fromCharCode(body[0] ?? 0);
      if (isFrame(kind, this.#stream)) this.#listener.frame(kind, body.subarray(2));
      else this.#emit(data.subarray(at, stop + 1));
      data = data.subarray(stop + 1);
    }
    this.#held = Buffer.alloc(0);
  }

  #emit(bytes: Buffer): void {
    if (bytes.length > 0) this.#listener.bytes(bytes);
  }

  /** How many last bytes could be the beginning of a frame. */
  #possibleStart(data: Buffer): number {
    const from = Math.max(0, data.length - this.#mark.length + 1);
    for (let at = data.indexOf(begin, from); at >= 0; at = data.indexOf(begin, at + 1)) {
      if (data.subarray(at).equals(this.#mark.subarray(0, data.length - at))) return data.length - at;
    }
    return 0;
  }
}
