import { randomBytes } from "node:crypto";
import { type HostShell, openLine } from "./launch.ts";
import { Reply, type TextResult } from "./reply.ts";
import { leavesState } from "./state/leaves-state.ts";
import { restoreCommands } from "./state/state.ts";
import { enterLine, shellLine, supervisorText } from "./supervision.ts";
import { bashEnd, bashText, exitTrapOf, type ShellText, shRestore, shText, stateOf } from "./texts.ts";
import { type Frame, type OutputSink, Wire } from "./wire.ts";

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
  /** Breaks the entering off. */
  signal?: AbortSignal;
}

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
  readonly #nonce = randomBytes(16).toString("hex");
  readonly #wire: Wire;
  #reply = new Reply("bash", 0, false);
  #sink: OutputSink = () => {};
  #workerAlive = false;
  /** The exit status of the worker in hand, once it has ended; null where the line was lost first. */
  #workerEnded: Promise<number | null> = Promise.resolve(null);
  #tellEnded: (status: number | null) => void = () => {};
  #read: { text?: string | undefined; state?: ReturnType<typeof stateOf> } = {};
  #beat: NodeJS.Timeout | undefined;

  private constructor(options: EnterOptions) {
    this.run = options.run;
    this.#wire = new Wire(openLine(options.host, options.run), this.#nonce, {
      output: (stream, bytes) => this.#sink(stream, bytes),
      frame: (kind, rest) => this.#frame(kind, rest),
      errFrame: (kind, rest) => this.#reply.takeErr(kind, rest),
      lost: () => this.#lost(),
    });
  }

  /** Enters a target and waits until its shell is ready. Throws EnterError. */
  static async enter(options: EnterOptions): Promise<TargetShell> {
    const shell = new TargetShell(options);
    const wire = shell.#wire;
    const giveUp = (): void => wire.kill();
    const limit = setTimeout(giveUp, options.limitMs ?? 60_000);
    options.signal?.addEventListener("abort", giveUp);
    try {
      if (options.command !== undefined) {
        wire.send(enterLine(options.command, options.variables, shell.#nonce));
        await wire.expect("1");
      }
      wire.send(shellLine(shell.#nonce));
      shell.kind = (await wire.expect("BP")).kind === "B" ? "bash" : "sh";
      wire.send(supervisorText(shell.kind, shell.#nonce, options.run, options.beat));
      await wire.expect("R");
      await shell.#start();
      if (options.beat) {
        shell.#beat = setInterval(() => wire.send("beat\n"), (options.beat * 1000) / 4);
        shell.#beat.unref();
      }
      return shell;
    } catch (error) {
      wire.kill();
      throw error;
    } finally {
      clearTimeout(limit);
      options.signal?.removeEventListener("abort", giveUp);
    }
  }

  /** True once the line is lost; such a shell must be entered again. */
  get gone(): boolean {
    return this.#wire.gone;
  }

  /** Makes the control groups of steps to come, where the target has them. */
  groups(marks: string[]): void {
    if (marks.length > 0) this.#wire.send(`groups ${marks.join(" ")}\n`);
  }

  /** Takes the host's lock. Tells who holds it, or who held it last without giving it back. */
  async lock(file: string, words: string): Promise<{ held: boolean; words: string }> {
    this.#wire.send(`lock ${file} ${words}\n`);
    const answer = (await this.#wire.expect("L")).text;
    const [state, ...rest] = answer.split(" ");
    return { held: state === "held", words: rest.join(" ") };
  }

  /** Gives the lock's words up: the run ended in order. */
  unlock(file: string): void {
    this.#wire.send(`unlock ${file}\n`);
  }

  /** Runs a text; a worker that has died is started again first, with the last state. */
  async text(request: ShellText, sink: OutputSink): Promise<TextResult> {
    await this.#reply.state;
    if (this.gone) return { how: "lost", status: null, sets: new Map(), state: Promise.resolve(undefined) };
    if (!this.#workerAlive) await this.#revive(request.mark);
    this.#sink = sink;
    const sequence = this.#reply.sequence + 1;
    const last = this.#lastState();
    const same = request.keep && last !== undefined && request.exports.size === 0 && leavesState(request.text, last);
    const asked = same ? { ...request, keep: false } : request;
    const text = this.kind === "bash" ? bashText(asked, sequence, last) : shText(asked, sequence);
    const result = await this.#exchange(text, sequence, request.mark, asked.keep);
    this.#sink = () => {};
    return same ? { ...result, state: Promise.resolve(this.state) } : result;
  }

  /** The step is over and journalled: what it left in a session of its own may live on. */
  idle(): void {
    this.#wire.sendSoon("idle\n");
  }

  /** Ends all that the step in hand started, the worker too. `grace` in tenths of a second before SIGKILL. */
  async end(grace: number): Promise<void> {
    if (this.gone) return;
    this.#wire.send(`end ${grace}\n`);
    await this.#wire.expect("E").catch(() => undefined);
  }

  /** Gives the worker this state. */
  async restore(text: string, mark: string): Promise<void> {
    await this.#reply.state;
    this.state = text;
    const state = this.#lastState();
    const commands = state ? restoreCommands(state) : this.kind === "sh" ? shRestore(text) : "";
    const sequence = this.#reply.sequence + 1;
    const prelude = this.kind === "bash" ? `__rb_go=1 __rb_seq=${sequence} __rb_keep=` : `rb_seq=${sequence} rb_keep=`;
    await this.#exchange(`${prelude}\n${commands}\n`, sequence, mark);
  }

  /** Ends the shell in order: the page's EXIT trap runs, and what is in the background ends. */
  async quit(limitMs = 10_000): Promise<void> {
    if (this.gone) return;
    const limit = setTimeout(() => this.drop(), limitMs);
    try {
      await this.#reply.state;
      // Where a step's end took the shell with it, what the page wants done at the end is still to be done.
      if (!this.#workerAlive && exitTrapOf(this.#lastState()) !== "") await this.#revive(`${this.run}-0`);
      if (this.#workerAlive && this.kind === "bash") {
        await this.#exchange(bashEnd(this.#lastState()), this.#reply.sequence + 1, `${this.run}-0`);
      }
      this.#wire.send("quit\n");
      await this.#wire.expect("Q");
    } catch {
      // The line went down first: there is nobody left to end.
    }
    clearTimeout(limit);
    this.drop();
  }

  /** Drops the line; the supervisor then ends what the unfinished step started. */
  drop(): void {
    this.#wire.drop();
  }

  #lastState(): ReturnType<typeof stateOf> {
    // Most steps leave it as it was.
    if (this.state !== this.#read.text) this.#read = { text: this.state, state: stateOf(this.kind, this.state ?? "") };
    return this.#read.state;
  }

  async #start(): Promise<void> {
    this.#workerEnded = new Promise((resolve) => {
      this.#tellEnded = resolve;
    });
    // Both are awaited from here on: the second may come with the first.
    const begun = this.#wire.expect("W");
    const ready = this.#wire.expect("D");
    ready.catch(() => {});
    this.#wire.send("start\n");
    this.worker = Number((await begun).text);
    this.#workerAlive = true;
    this.#wire.send(`worker ${this.worker}\n`);
    await ready;
  }

  async #revive(mark: string): Promise<void> {
    await this.#start();
    if (this.state !== undefined) await this.restore(this.state, mark);
  }

  async #exchange(text: string, sequence: number, mark: string, keep = false): Promise<TextResult> {
    const reply = new Reply(this.kind, sequence, keep);
    this.#reply = reply;
    void reply.state.then((state) => {
      this.state = state ?? this.state;
    });
    const wire = this.#wire;
    wire.said = "";
    const payload = this.kind === "bash" ? text : `${text.replaceAll("\\", "\\\\").replaceAll("\n", "\\n")}\n`;
    const done = wire.expect("DX");
    wire.send(`run ${Buffer.byteLength(payload)} ${mark}\n${payload}`);
    let frame: Frame;
    try {
      frame = await done;
      await reply.errEnded(1000);
    } catch {
      return reply.lost(wire.said);
    }
    return await reply.result(frame, this.#workerEnded, wire.said);
  }

  #frame(kind: string, rest: Buffer): Frame | undefined {
    if (this.#reply.take(kind, rest)) return undefined;
    const text = rest.toString("utf8");
    if (kind === "X") {
      this.#workerAlive = false;
      this.#reply.gone();
      this.#tellEnded(Number(text));
    }
    const { sequence } = this.#reply;
    const stale = kind === "D" && sequence > 0 && Number(text.split(" ")[0]) !== sequence;
    return stale && this.#wire.waitsFor("DX") ? undefined : { kind, text };
  }

  #lost(): void {
    this.#workerAlive = false;
    clearInterval(this.#beat);
    this.#tellEnded(null);
    this.#reply.gone();
    this.#reply.takeErr("X", Buffer.alloc(0));
  }
}
