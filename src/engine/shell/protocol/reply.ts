import { handedOn } from "../handed-on.ts";
import { readWord, textOf } from "../state/bytes.ts";
import { readDeclared } from "../state/declared.ts";
import { readShReport, unescaped } from "../state/sh-state.ts";
import { keptState } from "../state/state.ts";
import { placeInMessage, readStack, type ShellPlace } from "./place.ts";
import { type FrameKind, readStatus } from "./protocol.ts";
import type { Frame } from "./wire.ts";

/** How a text ended on a target. */
export interface TextResult {
  /**
   * `ended`: with a status; `died`: the shell was gone within the text; `spent`: the text ended, and left its shell so
   * that this ended, too; `lost`: the line to the target was lost;
   * `folder-gone`: nothing of the text ran, since the folder of its shell is gone; `state-unreadable`: nothing of it
   * ran, since the state that its shell had cannot be read.
   */
  how: "ended" | "died" | "spent" | "lost" | "folder-gone" | "state-unreadable";
  status: number | null;
  /** Where the folder is gone, its path. */
  folder?: string;
  /** Where the state cannot be read, the reason. */
  why?: string;
  place?: ShellPlace;
  /** Where subshells of it failed with the same status, the innermost first. */
  inside?: ShellPlace[];
  /** Variables that were asked for, where they are set. */
  sets: Map<string, string>;
  /**
   * The shell's state, which comes a moment after the end: undefined where it was not asked for; null where the
   * shell was gone before it could tell.
   */
  state: Promise<string | null | undefined>;
}

/** The result of a text of which nothing ran. */
export function notRun(how: TextResult["how"], why?: string): TextResult {
  return {
    how,
    status: null,
    sets: new Map(),
    state: Promise.resolve(undefined),
    ...(why === undefined ? {} : { why }),
  };
}

/** The functions that a shell without bash has once a text has ended. */
interface Defined {
  functionsAfter(failed: boolean): ReadonlyMap<string, string>;
}

/** A shell's report of one text, put together from its frames. */
export class Reply {
  readonly sequence: number;
  /** The worker's own process that waits for the next text; 0 where none is known. */
  reader = 0;
  readonly #kind: "bash" | "sh";
  readonly #nonce: string;
  /** What the texts of a target without bash defined. */
  readonly #defined: Defined;
  /** All of the state has come, and with it ends once the text's own end is known. */
  #told = false;
  readonly #sets = new Map<string, string>();
  readonly #stateParts: Buffer[] = [];
  /** Failures that subshells reported. */
  readonly #inside: { status: number; place: ShellPlace }[] = [];
  #errEnded = false;
  #tellErrEnded: () => void = () => {};
  /** The state. It resolves once all frames have come, or once no more can come. */
  readonly state: Promise<string | null | undefined>;
  #tellState: (state: string | null | undefined) => void = () => {};

  /** `keep`: whether the state was asked for. */
  constructor(
    kind: "bash" | "sh",
    sequence: number,
    keep: boolean,
    nonce = "",
    defined: Defined = { functionsAfter: () => new Map() },
  ) {
    this.#kind = kind;
    this.#defined = defined;
    this.#nonce = nonce;
    this.sequence = sequence;
    this.state = new Promise((resolve) => {
      this.#tellState = resolve;
    });
    if (!keep) this.#tellState(undefined);
  }

  /** Takes a frame of stdout; false where it is none of a reply's parts. */
  take(kind: FrameKind, rest: Buffer): boolean {
    if (kind === "S") this.#stateParts.push(Buffer.from(rest));
    else if (kind === "Z") this.#stateTold();
    else if (kind === "V") this.#takeVariable(rest);
    else return false;
    return true;
  }

  /** Takes a frame of stderr. */
  takeErr(kind: FrameKind, rest: Buffer): void {
    const words = rest.toString("utf8").split(" ");
    if (kind === "I") {
      const place = readStack(words.slice(1));
      if (place && this.#inside.length < 1000) this.#inside.push({ status: Number(words[0]), place });
    } else if (kind !== "D" || Number(words[0]) >= this.sequence) {
      this.#errEnded = true;
      this.#tellErrEnded();
    }
  }

  /** Waits for stderr to reach the place where the text ended; a lost stream must not hold up the run. */
  async errEnded(limitMs: number): Promise<void> {
    if (this.#errEnded) return;
    await new Promise<void>((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      this.#tellErrEnded = () => {
        clearTimeout(limit);
        resolve();
      };
    });
  }

  /** The shell has ended, or the line to it is lost: no further frame can arrive. */
  gone(): void {
    // A shell without bash tells its state before its end.
    if (!this.#told) this.#tellState(null);
  }

  /** The line was lost within the text. */
  lost(said: string): TextResult {
    this.#ended(true);
    return { how: "lost", status: null, sets: this.#sets, state: this.state, ...placeOrNothing(undefined, said) };
  }

  /** The result by the frame that ended the text; `workerEnded` tells how its shell did, where that ended with it. */
  async result(frame: Frame, workerEnded: Promise<number | null>, said: string): Promise<TextResult> {
    const sets = this.#sets;
    const { state } = this;
    if (frame.kind === "X") {
      this.#ended(true);
      return { how: "died", status: readStatus(frame.text), sets, state, ...placeOrNothing(undefined, said) };
    }
    const words = frame.text.split(" ");
    let status = readStatus(words[1]);
    this.reader = Number(words[3]) || 0;
    const inside = this.#inside.flatMap((inner) => (inner.status === status ? [inner.place] : []));
    // Of a text in a copy of the shell, only the copy reports failures.
    const place = readStack(words.slice(4)) ?? inside.pop();
    let how: TextResult["how"] = status === null ? "died" : "ended";
    if (words[2] === "folder") {
      this.#tellState(undefined);
      return { how: "folder-gone", status: null, sets, state };
    }
    if (words[2] === "over") {
      await workerEnded;
      this.#ended(true);
      if (status === 0) how = "spent";
      return { how, status, sets, inside, state, ...placeOrNothing(place, said) };
    }
    if (words[2] === "last") {
      // The shell ended within the text. Its exit status is more exact than what its last trap saw.
      const last = await workerEnded;
      if (last !== 0) this.#ended(true);
      if (last === null) return { how: "lost", status: null, sets, state };
      if (last > 128) how = "died";
      status = last;
    }
    this.#ended(status !== 0);
    return { how, status, sets, inside, state, ...placeOrNothing(place, said) };
  }

  #takeVariable(rest: Buffer): void {
    if (this.#kind === "sh") {
      const blank = rest.indexOf(" ");
      this.#sets.set(rest.toString("utf8", 0, blank), textOf(unescaped(rest.toString("latin1", blank + 1))));
      return;
    }
    const [variable] = readDeclared(readWord(rest.toString("latin1"), 0)?.value ?? "");
    const value = variable && handedOn(variable);
    if (variable && value !== undefined) this.#sets.set(variable.name, value);
  }

  /** All of the state has come. A shell without bash tells it before how the text ended, on which its functions depend. */
  #stateTold(): void {
    this.#told = true;
    if (this.#kind === "bash") this.#ended(false);
  }

  #ended(failed: boolean): void {
    if (this.#told) this.#tellState(this.#readState(failed));
  }

  #readState(failed: boolean): string {
    const told = Buffer.concat(this.#stateParts);
    if (this.#kind === "sh")
      return JSON.stringify(readShReport(unescaped(told.toString("latin1")), this.#defined.functionsAfter(failed)));
    return keptState(readWord(told.toString("latin1"), 0)?.value ?? "", this.#nonce);
  }
}

function placeOrNothing(place: ShellPlace | undefined, said: string): { place?: ShellPlace } {
  const found = place ?? placeInMessage(said);
  return found ? { place: found } : {};
}
