import { randomBytes } from "node:crypto";
import { type EnterOptions, type Exchange, enterTarget, withinLimit } from "./entering.ts";
import { LastState } from "./last-state.ts";
import { openLine } from "./launch.ts";
import { Passed } from "./passed.ts";
import { type EndedProcess, readEnded } from "./protocol/ended.ts";
import { type LockAnswer, readLockAnswer } from "./protocol/lock-answer.ts";
import { type FrameKind, readStatus } from "./protocol/protocol.ts";
import { notRun, Reply, type TextResult } from "./protocol/reply.ts";
import { type Frame, type OutputSink, Wire } from "./protocol/wire.ts";
import { shText } from "./sh-texts.ts";
import { withoutExitTrap } from "./state/state.ts";
import { runCommand } from "./supervision.ts";
import { bashText, type ShellText } from "./texts.ts";
import { WorkerLife } from "./worker-life.ts";

/** Milliseconds in which a supervisor answers, over those that it gives a step to end. */
const answerMs = 4000;

/**
 * The one shell of a target: a supervisor that ends what must end, and a worker that runs texts one after another.
 * Only the line's stdin, stdout and stderr are used.
 */
export class TargetShell {
  readonly run: string;
  kind: "bash" | "sh" = "bash";
  /** The supervisor. */
  supervisor = 0;
  /** The worker's process id, and its session's. */
  worker = 0;
  /** The background processes, as last asked. */
  lastLeft: readonly EndedProcess[] = [];
  /** The state that the target reported last. */
  readonly last = new LastState();
  readonly #nonce = randomBytes(16).toString("hex");
  readonly #wire: Wire;
  #reply = new Reply("bash", 0, false);
  #sink: OutputSink = () => {};
  readonly #life = new WorkerLife();
  #left: EndedProcess[] = [];
  /** The worker has run a text. */
  #used = false;
  #beat: NodeJS.Timeout | undefined;

  private constructor(options: EnterOptions) {
    this.run = options.run;
    this.#wire = new Wire(openLine(options.host, options.run), this.#nonce, {
      output: (stream, bytes) => this.#sink(stream, bytes),
      frame: (kind, rest) => this.#frame(kind, rest),
      errFrame: (kind, rest) => {
        if (kind !== "X" || Number(rest.toString("utf8")) === this.#life.started) this.#reply.takeErr(kind, rest);
      },
      lost: () => this.#lost(),
    });
  }

  /** Enters a target and waits until its shell is ready. Throws EnterError. */
  static async enter(options: EnterOptions): Promise<TargetShell> {
    const shell = new TargetShell(options);
    const wire = shell.#wire;
    const passed = new Passed(shell.#nonce);
    shell.#sink = passed.take;
    await withinLimit(wire, passed, options, async () => {
      const { kind, supervisor } = await enterTarget(wire, shell.#nonce, options);
      Object.assign(shell, { kind, supervisor });
      shell.last.kind = kind;
      await shell.#start();
    });
    shell.#sink = () => {};
    if (options.beat) {
      shell.#beat = setInterval(() => wire.send("beat\n"), (options.beat * 1000) / 4);
      shell.#beat.unref();
    }
    return shell;
  }

  /** The line is lost: the shell must be entered again. */
  get gone(): boolean {
    return this.#wire.gone;
  }

  /** Makes control groups for steps to come, where there are any. */
  groups(marks: string[]): void {
    if (marks.length > 0) this.#wire.send(`groups ${marks.join(" ")}\n`);
  }

  /** Takes the host's lock, where it has one. */
  async lock(words: string): Promise<LockAnswer> {
    this.#wire.send(`lock ${words}\n`);
    return readLockAnswer((await this.#wire.expect("L")).text);
  }

  /** Gives the lock up: the run ended in order. */
  unlock(): void {
    this.#wire.send("unlock\n");
  }

  /** Kills a supervisor that has the lock though its line is lost. */
  killSupervisor(pid: number): void {
    this.#wire.send(`kill ${pid}\n`);
  }

  /** Runs a text; a dead worker is started again first, with the last state. */
  async text(request: ShellText, sink: OutputSink): Promise<TextResult> {
    await this.#reply.state;
    if (this.gone) return notRun("lost");
    if (!this.#life.alive) await this.#revive(request.mark);
    // A page's text never runs without the state that it relies on.
    const why = this.last.unreadable;
    if (request.page !== undefined && why) return notRun("state-unreadable", why);
    this.#sink = sink;
    const sequence = this.#reply.sequence + 1;
    const last = this.last;
    const same = request.keep && request.exports.size === 0 && last.isLeftBy(request.text);
    const asked = same ? { ...request, keep: false } : request;
    if (!request.copy) last.define(request.text);
    const text =
      this.kind === "bash" ? bashText(asked, sequence, last.bash) : shText(asked, sequence, last.functions.keys());
    const result = await this.#exchange(text, { ...asked, sequence });
    this.#sink = () => {};
    if (result.how === "folder-gone") result.folder = last.folder;
    return same ? { ...result, state: Promise.resolve(last.text) } : result;
  }

  /**
   * The background processes of steps, which end with the shell. Not asked while the shell tells its state: a process
   * that does so would count.
   */
  async left(): Promise<readonly EndedProcess[]> {
    if (this.gone) return [];
    this.#wire.send(`left ${this.#reply.reader}\n`);
    await this.#wire.expect("A").catch(() => undefined);
    return this.lastLeft;
  }

  /** The step is over and journalled: what it left in a session of its own may live on. */
  idle(): void {
    this.#wire.sendSoon("idle\n");
  }

  /** Ends all that the step in hand started, and the worker. `grace`: tenths of a second before SIGKILL. */
  async end(grace: number): Promise<void> {
    if (this.gone) return;
    // A target that is frozen does not answer.
    const limit = setTimeout(() => this.#wire.kill(), grace * 100 + answerMs);
    this.#wire.send(`end ${grace}\n`);
    await this.#wire.expect("E").catch(() => undefined);
    clearTimeout(limit);
    this.#life.ifAliveAfter(answerMs, () => this.#wire.kill());
  }

  /**
   * Gives the target this state, in a new worker: an old one may hold readonly variables. `whole`: the page's EXIT
   * trap, too; an undo starts without.
   */
  async restore(text: string, mark: string, whole = true): Promise<void> {
    await this.#reply.state;
    this.last.text = whole ? text : withoutExitTrap(text);
    if (this.#used || !this.#life.alive) await this.#start();
    await this.#restored(mark);
  }

  /** Ends the shell in order: its EXIT trap runs, and what is in the background ends. Tells what that was. */
  async quit(limitMs = 10_000): Promise<EndedProcess[]> {
    if (this.gone) return [];
    const limit = setTimeout(() => this.#wire.kill(), limitMs);
    try {
      await this.#reply.state;
      // Where a step ended the worker, the page's EXIT trap is still to run.
      let there = this.#life.alive;
      if (!there && this.last.exitTrap !== "") there = await this.#revive(`${this.run}-0`);
      if (there) {
        await this.#exchange(this.last.ending(), { sequence: this.#reply.sequence + 1, mark: `${this.run}-0` });
      }
      this.#wire.send("quit\n");
      await this.#wire.expect("Q");
    } catch {
      // The line went down first.
    }
    clearTimeout(limit);
    this.drop();
    return this.#left;
  }

  /** Drops the line; the supervisor ends the unfinished step. */
  drop(): void {
    this.#wire.drop();
  }

  async #start(): Promise<void> {
    this.#life.start();
    this.#used = false;
    // Both are awaited from here on: they may come together.
    const begun = this.#wire.expect("W");
    const ready = this.#wire.expect("D");
    ready.catch(() => {});
    this.#wire.send("start\n");
    this.worker = Number((await begun).text);
    this.#life.alive = true;
    this.#wire.send(`worker ${this.worker}\n`);
    await ready;
  }

  /** Starts a worker that goes on from the last state. False where its folder is gone. */
  async #revive(mark: string): Promise<boolean> {
    await this.#start();
    return this.last.text === undefined || (await this.#restored(mark));
  }

  async #restored(mark: string): Promise<boolean> {
    const sequence = this.#reply.sequence + 1;
    const text = this.last.restoring(sequence);
    const { how } = await this.#exchange(text, { sequence, mark, encoding: "latin1" });
    return how === "ended";
  }

  async #exchange(text: string, { sequence, mark, keep = false, encoding = "utf8" }: Exchange): Promise<TextResult> {
    this.#used = true;
    const reply = new Reply(this.kind, sequence, keep, this.#nonce, this.last);
    this.#reply = reply;
    void reply.state.then((state) => {
      this.last.text = state ?? this.last.text;
    });
    const wire = this.#wire;
    wire.said = "";
    const done = wire.expect("DX");
    wire.send(runCommand(this.kind, text, mark, encoding));
    let frame: Frame;
    try {
      frame = await done;
      await reply.errEnded(1000);
    } catch {
      return reply.lost(wire.said);
    }
    return await reply.result(frame, this.#life.ended, wire.said);
  }

  #frame(kind: FrameKind, rest: Buffer): Frame | undefined {
    if (this.#reply.take(kind, rest)) return undefined;
    const text = rest.toString("utf8");
    if (kind === "K") this.#left.push(readEnded(text));
    if (kind === "A") this.lastLeft = this.#left.splice(0);
    if (kind === "X") {
      const [started, status] = text.split(" ");
      // An older worker: its end is known.
      if (Number(started) !== this.#life.started) return undefined;
      this.#reply.gone();
      this.#life.end(readStatus(status));
      return { kind, text: status ?? "" };
    }
    const { sequence } = this.#reply;
    const stale = kind === "D" && sequence > 0 && Number(text.split(" ")[0]) !== sequence;
    return stale && this.#wire.waitsFor("DX") ? undefined : { kind, text };
  }

  #lost(): void {
    clearInterval(this.#beat);
    this.#life.end(null);
    this.#reply.gone();
    this.#reply.takeErr("X", Buffer.alloc(0));
  }
}
