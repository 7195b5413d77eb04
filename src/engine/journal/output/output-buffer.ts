import type { Phase } from "../../events.ts";
import type { OutputPiece } from "../record.ts";

/** How many characters are kept of the beginning, and as many of the end, of each phase's streams. */
export const keptCharacters = 32 * 1024;

/** Beyond this number of pieces, streams that alternate are no longer kept in the order of their lines. */
const manyPieces = 512;

interface Piece {
  lane: Lane;
  /** The order in which pieces began. */
  order: number;
  text: string;
}

/** One stream of one phase. */
interface Lane {
  phase: Phase;
  stream: "stdout" | "stderr";
  headRoom: number;
  tailLength: number;
  cut: number;
}

/**
 * Head and tail of a step's output: a gigabyte costs no memory. Pieces keep the order in which
 * they came, so that errors stand beside what caused them.
 */
export class OutputBuffer {
  #lanes = new Map<string, Lane>();
  #head: Piece[] = [];
  #tail: Piece[] = [];
  #order = 0;

  constructor(pieces: OutputPiece[] = []) {
    for (const piece of pieces) {
      this.append(piece.phase, piece.stream, piece.text);
      this.#lane(piece.phase, piece.stream).cut += piece.cut ?? 0;
    }
  }

  /** Adds output that was shown. */
  append(phase: Phase, stream: "stdout" | "stderr", text: string): void {
    const lane = this.#lane(phase, stream);
    const forHead = text.slice(0, between(text, lane.headRoom));
    // A pair of surrogates that no longer fits closes the head, or its order would be lost.
    lane.headRoom = forHead.length < text.length ? 0 : lane.headRoom - forHead.length;
    this.#push(this.#head, lane, forHead);

    const rest = text.slice(forHead.length);
    const forTail = rest.slice(between(rest, rest.length - keptCharacters));
    lane.cut += rest.length - forTail.length;
    if (rest.length > forTail.length) this.#dropTail(lane);
    lane.tailLength += forTail.length;
    this.#push(this.#tail, lane, forTail);
    // Twice the room: output that comes in single characters is then not cut again at each of them.
    if (lane.tailLength > 2 * keptCharacters) this.#trim(lane);
  }

  /** The pieces that are kept, in order. */
  pieces(): OutputPiece[] {
    for (const lane of this.#lanes.values()) this.#trim(lane);
    const told = new Set<Lane>();
    const pieces: OutputPiece[] = [];
    for (const { lane, text, inTail } of this.#inOrder()) {
      const { phase, stream } = lane;
      const cut = inTail && !told.has(lane) ? lane.cut : 0;
      if (inTail) told.add(lane);
      const last = pieces.at(-1);
      if (last?.phase === phase && last.stream === stream && cut === 0) last.text += text;
      else pieces.push({ phase, stream, text, ...(cut > 0 ? { cut } : {}) });
    }
    return pieces;
  }

  #inOrder() {
    return [
      ...this.#head.map((piece) => ({ ...piece, inTail: false })),
      ...this.#tail.map((piece) => ({ ...piece, inTail: true })),
    ].sort((a, b) => a.order - b.order);
  }

  #lane(phase: Phase, stream: "stdout" | "stderr"): Lane {
    const name = `${phase} ${stream}`;
    let lane = this.#lanes.get(name);
    if (!lane) {
      lane = { phase, stream, headRoom: keptCharacters, tailLength: 0, cut: 0 };
      this.#lanes.set(name, lane);
    }
    return lane;
  }

  #push(pieces: Piece[], lane: Lane, text: string): void {
    if (text === "") return;
    let last = pieces.at(-1);
    if (last?.lane !== lane)
      last = pieces.length < manyPieces ? undefined : pieces.findLast((piece) => piece.lane === lane);
    if (last) last.text += text;
    else pieces.push({ lane, order: this.#order++, text });
  }

  /** The lane's tail starts anew, empty. */
  #dropTail(lane: Lane): void {
    if (lane.tailLength === 0) return;
    lane.cut += lane.tailLength;
    lane.tailLength = 0;
    this.#tail = this.#tail.filter((piece) => piece.lane !== lane);
  }

  #trim(lane: Lane): void {
    let excess = lane.tailLength - keptCharacters;
    if (excess <= 0) return;
    for (const piece of this.#tail) {
      if (piece.lane !== lane) continue;
      const whole = piece.text.length <= excess;
      const gone = whole ? piece.text.length : between(piece.text, excess);
      piece.text = piece.text.slice(gone);
      lane.cut += gone;
      lane.tailLength -= gone;
      excess -= gone;
      if (!whole || excess === 0) break;
    }
    this.#tail = this.#tail.filter((piece) => piece.text !== "");
  }
}

/** The nearest index at or before `index`, at least 0, that does not split a surrogate pair. */
function between(text: string, index: number): number {
  if (index <= 0) return 0;
  const code = text.charCodeAt(index - 1);
  return index < text.length && code >= 0xd800 && code <= 0xdbff ? index - 1 : index;
}
