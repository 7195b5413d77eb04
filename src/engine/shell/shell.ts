import { randomBytes } from "node:crypto";
import { readQuoted } from "./ansi-quoted.ts";
import { FrameReader } from "./frames.ts";
import { type HostShell, type Line, openLine } from "./launch.ts";
import { placeInMessage, readStack, type ShellPlace } from "./place.ts";
import type { ShellState } from "./state.ts";
import { restoreCommands } from "./state.ts";
import { enterLine, shellLine, supervisorText } from "./supervision.ts";
import { bashEnd, bashText, type ShellText, shRestore, shText, stateOf } from "./texts.ts";

/** How a text ended on a target. */
export interface TextResult {
  /** `ended` tells a status; `died`: the shell was gone within the text; `lost`: the line to the target is. */
  how: "ended" | "died" | "lost";
  status: number | null;
  place?: ShellPlace;
  /** Variables that were asked for, where they are set. */
  sets: Map<string, string>;
  /** The shell's state, where it was asked for and could be told. */
  state?: string;
}

/** Takes a text's output, byte for byte. */
export type OutputSink = (stream: "stdout" | "stderr", bytes: Buffer) => void;

/** What a shell is entered with. */
export interface EnterOptions {
  host: HostShell;
  /** The target's command; absent for the host itself. */
  command?: string;
  /** The variables that the command and the target's shell see. */
  variables: ReadonlyMap<string, string>;
  run: string;
  /** Seconds of silence after which the far side takes the line as lost. */
  beat?: number;
  /** Milliseconds that entering may take. */
  limitMs?: number;
}

/** A target could not be entered. */
export class EnterError extends Error {
  /** The last of what the command said. */
  readonly said: string;

  constructor(message: string, said: string) {
    super(message);
    this.name = "EnterError";
    this.said = said;
  }
}

/** A failure that a subshell told of. */
interface InnerFailure {
  status: number;
  place: ShellPlace | undefined;
}

type Waiter = { kinds: string; resolve: (frame: { kind: string; text: string }) => void };

/**
 * The one shell of a target: a supervisor that ends what must end, and a worker that runs texts one after another.
 * Only the line's stdin, stdout and stderr are used.
 */
export class TargetShell {
  readonly run: string;
  kind: "bash" | "sh" = "bash";
  /** The worker's process id there, which is its session too. */
  worker = 0;
  /** The state that was told last. */
  state: string | undefined;
  readonly #line: Line;
  readonly #nonce = randomBytes(16).toString("hex");
  #sequence = 0;
  #waiters: Waiter[] = [];
  #sink: OutputSink = () => {};
  #said = "";
  #gone = false;
  #workerAlive = false;
  #stateParts: Buffer[] = [];
  #sets = new Map<string, string>();
  #inner: InnerFailure | undefined;
  /** The exit status of the worker in hand, once it has ended; null where the line was lost first. */
  #workerEnded: Promise<number | null> = Promise.resolve(null);
  #tellEnded: (status: number | null) => void = () => {};
  #beat: NodeJS.Timeout | undefined;
  /** The last text whose stderr has been read to its end; infinite once its shell is gone. */
  #errSequence = 0;
  #errWaiter: (() => void) | undefined;

  private constructor(options: EnterOptions) {
    this.run = options.run;
    this.#line = openLine(options.host, options.run);
    const out = new FrameReader(this.#nonce, {
      bytes: (chunk) => this.#output("stdout", chunk),
      frame: (kind, rest) => this.#frame(kind, rest),
    });
    const err = new FrameReader(this.#nonce, {
      bytes: (chunk) => this.#output("stderr", chunk),
      frame: (kind, rest) => this.#errFrame(kind, rest),
    });
    this.#line.stdout.on("data", (chunk: Buffer) => out.push(chunk));
    this.#line.stderr.on("data", (chunk: Buffer) => err.push(chunk));
    this.#line.stdin.on("error", () => {});
    void this.#line.ended.then(() => this.#lost());
  }

  /** Enters a target and waits until its shell is ready. Throws EnterError. */
  static async enter(options: EnterOptions): Promise<TargetShell> {
    const shell = new TargetShell(options);
    const limit = setTimeout(() => shell.drop(), options.limitMs ?? 60_000);
    try {
      if (options.command !== undefined) {
        shell.#send(enterLine(options.command, options.variables, shell.#nonce));
        await shell.#expect("1");
      }
      shell.#send(shellLine(shell.#nonce));
      shell.kind = (await shell.#expect("BS")).kind === "B" ? "bash" : "sh";
      shell.#send(supervisorText(shell.kind, shell.#nonce, options.run, options.beat));
      await shell.#expect("R");
      await shell.#start();
      if (options.beat) {
        shell.#beat = setInterval(() => shell.#send("beat\n"), (options.beat * 1000) / 4);
        shell.#beat.unref();
      }
      return shell;
    } catch (error) {
      shell.drop();
      throw error;
    } finally {
      clearTimeout(limit);
    }
  }

  /** True once the line is lost; such a shell must be entered again. */
  get gone(): boolean {
    return this.#gone;
  }

  /** Makes the control groups of steps to come, where the target has them. */
  groups(marks: string[]): void {
    if (marks.length > 0) this.#send(`groups ${marks.join(" ")}\n`);
  }

  /** Takes the host's lock. Tells who holds it, or who held it last without giving it back. */
  async lock(file: string, words: string): Promise<{ held: boolean; words: string }> {
    this.#send(`lock ${file} ${words}\n`);
    const answer = (await this.#expect("L")).text;
    const [state, ...rest] = answer.split(" ");
    return { held: state === "held", words: rest.join(" ") };
  }

  /** Gives the lock's words up: the run ended in order. */
  unlock(file: string): void {
    this.#send(`unlock ${file}\n`);
  }

  /** Runs a text; a worker that has died is started again first, with the last state. */
  async text(request: ShellText, sink: OutputSink): Promise<TextResult> {
    if (this.#gone) return { how: "lost", status: null, sets: new Map() };
    if (!this.#workerAlive) await this.#revive(request.mark);
    this.#said = "";
    this.#sink = sink;
    const last = this.state === undefined ? undefined : stateOf(this.kind, this.state);
    const sequence = ++this.#sequence;
    const result = await this.#exchange(
      this.kind === "bash" ? bashText(request, sequence, last) : shText(request, sequence),
      request.mark,
    );
    this.#sink = () => {};
    if (result.state !== undefined) this.state = result.state;
    return result;
  }

  /** The step is over and journalled: what it left in a session of its own may live on. */
  idle(): void {
    this.#send("idle\n");
  }

  /** Ends all that the step in hand started, the worker too. `grace` in tenths of a second before SIGKILL. */
  async end(grace: number): Promise<void> {
    if (this.#gone) return;
    this.#send(`end ${grace}\n`);
    await this.#expect("E").catch(() => undefined);
  }

  /** Gives the worker this state. */
  async restore(text: string, mark: string): Promise<void> {
    this.state = text;
    const state: ShellState | undefined = stateOf(this.kind, text);
    const commands = state ? restoreCommands(state) : this.kind === "sh" ? shRestore(text) : "";
    const sequence = ++this.#sequence;
    const prelude = this.kind === "bash" ? `__rb_go=1 __rb_seq=${sequence} __rb_keep=` : `rb_seq=${sequence} rb_keep=`;
    await this.#exchange(`${prelude}\n${commands}\n`, mark);
  }

  /** Ends the shell in order: the page's EXIT trap runs, and what is in the background ends. */
  async quit(limitMs = 10_000): Promise<void> {
    if (this.#gone) return;
    const limit = setTimeout(() => this.drop(), limitMs);
    try {
      if (this.#workerAlive && this.kind === "bash") {
        const last = this.state === undefined ? undefined : stateOf(this.kind, this.state);
        await this.#exchange(bashEnd(last), `${this.run}-0`);
      }
      this.#send("quit\n");
      await this.#expect("Q");
    } catch {
      // The line went down first: there is nobody left to end.
    }
    clearTimeout(limit);
    this.drop();
  }

  /** Drops the line; the supervisor then ends what the unfinished step started. */
  drop(): void {
    clearInterval(this.#beat);
    this.#line.stdin.end();
    this.#lost();
  }

  async #start(): Promise<void> {
    this.#workerEnded = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
    // Both are awaited from here on: the second may come with the first.
    const begun = this.#expect("W");
    const ready = this.#expect("D");
    ready.catch(() => {});
    this.#send("start\n");
    this.worker = Number((await begun).text);
    this.#workerAlive = true;
    this.#send(`worker ${this.worker}\n`);
    await ready;
  }

  async #revive(mark: string): Promise<void> {
    await this.#start();
    if (this.state !== undefined) await this.restore(this.state, mark);
  }

  async #exchange(text: string, mark: string): Promise<TextResult> {
    this.#sets = new Map();
    this.#stateParts = [];
    this.#inner = undefined;
    const sequence = this.#sequence;
    this.#errSequence = 0;
    const payload = this.kind === "bash" ? text : `${text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`;
    const done = this.#expect("DX");
    this.#send(`run ${Buffer.byteLength(payload)} ${mark}\n${payload}`);
    let frame: { kind: string; text: string };
    try {
      frame = await done;
      if (this.#errSequence < sequence) await this.#errFrameOr(1000);
    } catch {
      return { how: "lost", status: null, sets: this.#sets, ...this.#placeOrNothing(undefined) };
    }
    const state = this.#stateParts.length > 0 ? { state: this.#readState() } : {};
    if (frame.kind === "X") {
      const status = Number(frame.text);
      return { how: "died", status, sets: this.#sets, ...state, ...this.#placeOrNothing(undefined) };
    }
    const words = frame.text.split(" ");
    const status = Number(words[1]);
    let place = readStack(words.slice(3));
    const inner = this.#inner as InnerFailure | undefined;
    if (inner?.status === status && inner.place) place = inner.place;
    if (words[2] === "last") {
      // The shell ended within the text; how, its exit tells better than what its last trap saw.
      const last = await this.#workerEnded;
      if (last === null) return { how: "lost", status: null, sets: this.#sets };
      const how = last > 128 ? "died" : "ended";
      return { how, status: last, sets: this.#sets, ...state, ...this.#placeOrNothing(place) };
    }
    return { how: "ended", status, sets: this.#sets, ...state, ...this.#placeOrNothing(place) };
  }

  #placeOrNothing(place: ShellPlace | undefined): { place?: ShellPlace } {
    const found = place ?? placeInMessage(this.#said);
    return found ? { place: found } : {};
  }

  #readState(): string {
    const text = Buffer.concat(this.#stateParts).toString("latin1");
    return this.kind === "bash" ? readQuoted(text) : Buffer.from(text, "latin1").toString("utf8");
  }

  #output(stream: "stdout" | "stderr", chunk: Buffer): void {
    if (stream === "stderr") this.#said = (this.#said + chunk.toString("utf8")).slice(-4096);
    this.#sink(stream, chunk);
  }

  #errFrame(kind: string, rest: Buffer): void {
    if (kind === "I") {
      const [status, ...stack] = rest.toString("utf8").split(" ");
      this.#inner = { status: Number(status), place: readStack(stack) };
      return;
    }
    this.#errSequence = kind === "D" ? Number(rest.toString("utf8")) : Number.POSITIVE_INFINITY;
    if (this.#errSequence >= this.#sequence) this.#errWaiter?.();
  }

  /** Waits for stderr to reach the place where the text ended; a lost stream must not hold up the run. */
  #errFrameOr(limitMs: number): Promise<void> {
    return new Promise((resolve) => {
      const limit = setTimeout(resolve, limitMs);
      this.#errWaiter = () => {
        clearTimeout(limit);
        resolve();
      };
    });
  }

  #frame(kind: string, rest: Buffer): void {
    if (kind === "S") {
      this.#stateParts.push(Buffer.from(rest));
      return;
    }
    const text = rest.toString(kind === "V" ? "latin1" : "utf8");
    if (kind === "V") {
      const blank = text.indexOf(" ");
      const value = text.slice(blank + 1);
      this.#sets.set(
        text.slice(0, blank),
        this.kind === "bash" ? readQuoted(value) : Buffer.from(value, "latin1").toString("utf8"),
      );
      return;
    }
    if (kind === "X") {
      this.#workerAlive = false;
      this.#tellEnded(Number(text));
    }
    if (kind === "D" && this.#sequence > 0 && Number(text.split(" ")[0]) !== this.#sequence) {
      if (this.#waiters.some((waiter) => waiter.kinds === "DX")) return;
    }
    const index = this.#waiters.findIndex((waiter) => waiter.kinds.includes(kind));
    if (index >= 0) this.#waiters.splice(index, 1)[0]?.resolve({ kind, text });
  }

  #expect(kinds: string): Promise<{ kind: string; text: string }> {
    if (this.#gone) return Promise.reject(new EnterError("the line to the target is lost", this.#said));
    return new Promise((resolve, reject) => {
      const waiter: Waiter = { kinds, resolve };
      this.#waiters.push(waiter);
      this.#rejects.set(waiter, reject);
    });
  }

  readonly #rejects = new WeakMap<Waiter, (error: Error) => void>();

  #lost(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#workerAlive = false;
    clearInterval(this.#beat);
    const waiters = this.#waiters;
    this.#waiters = [];
    for (const waiter of waiters)
      this.#rejects.get(waiter)?.(new EnterError("the line to the target is lost", this.#said));
    this.#tellEnded(null);
    this.#errWaiter?.();
  }

  #send(text: string): void {
    if (!this.#gone) this.#line.stdin.write(text);
  }
}
