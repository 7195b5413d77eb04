import type { EndedProcess } from "../shell/protocol/ended.ts";
import { TargetShell } from "../shell/shell.ts";
import { bytesOf } from "../shell/state/bytes.ts";
import { leftIn, untilTold } from "../shell/until-told.ts";
import type { Host } from "./host.ts";
import { type OfferedState, offerState } from "./offer-state.ts";
import { sweepTarget } from "./sweep-target.ts";
import { hostTarget, type TargetKey } from "./target-key.ts";

/** What the targets of a run have in common. */
export interface TargetsOptions {
  run: string;
  host: Host;
  /** Every value and handed-on variable that is known now. */
  values: () => ReadonlyMap<string, string>;
  /** The marks of a target's steps, for which it makes control groups. */
  marks: (key: string) => string[];
  /** The state that a target's shell starts from, where an earlier run left one. */
  stateOf: (key: string) => string | undefined;
  /** Breaks the entering of a target off. */
  signal: AbortSignal;
  /** A target's shell has started, with this process id there. */
  entered: (key: string, command: string, worker: number) => void;
}

/** Milliseconds in which a target whose line was lost is tidied at the run's end; it may not answer at all. */
const tidyMs = 5000;

/** The shells of a run, one a target, entered at their first use and again when they are gone. */
export class Targets {
  readonly #options: TargetsOptions;
  readonly #shells = new Map<string, TargetShell>();
  readonly #commands = new Map<string, string>();
  readonly #sent = new WeakMap<TargetShell, Map<string, string>>();
  #hold: ((shell: TargetShell, before: TargetShell | undefined) => Promise<void>) | undefined;
  readonly #workers = new WeakMap<TargetShell, number>();

  constructor(options: TargetsOptions) {
    this.#options = options;
  }

  /** The target's shell, ready for a text. Throws EnterError. */
  async shell(target: TargetKey): Promise<TargetShell> {
    const last = this.#shells.get(target.key);
    if (last && !last.gone) return last;
    const shell = await this.#enter(target);
    if (target.key === hostTarget.key) await this.#hold?.(shell, last);
    this.#shells.set(target.key, shell);
    this.#commands.set(target.key, target.command ?? "");
    shell.groups(this.#options.marks(target.key));
    this.note(target, shell);
    const state = last?.last.text ?? this.#options.stateOf(target.key);
    if (state !== undefined) await this.#restore(shell, state, true);
    return shell;
  }

  /**
   * Another shell on a target, with the state that the target's own has now but for its EXIT trap, for what runs beside
   * the steps. Who asked for it ends it. Throws EnterError.
   */
  async another(target: TargetKey): Promise<TargetShell> {
    const own = await this.shell(target);
    const shell = await this.#enter(target);
    this.note(target, shell);
    if (own.last.text !== undefined) await this.#restore(shell, own.last.text, false);
    return shell;
  }

  /** Gives a shell a state. A target that freezes meanwhile loses its line, as one that takes too long to be entered. */
  async #restore(shell: TargetShell, state: string, whole: boolean): Promise<void> {
    const { run, signal } = this.#options;
    await untilTold(shell, shell.restore(state, `${run}-0`, whole), signal);
  }

  async #enter({ command }: TargetKey): Promise<TargetShell> {
    const { host, run, values, signal } = this.#options;
    const shell = await TargetShell.enter({
      host: host.shell,
      ...(command === undefined ? {} : { command }),
      ...{ variables: values(), run, signal },
      ...(host.beat === undefined ? {} : { beat: host.beat }),
    });
    this.#sent.set(shell, new Map());
    return shell;
  }

  /** The target's shell, where it has been entered and is there. */
  known(target: TargetKey): TargetShell | undefined {
    const shell = this.#shells.get(target.key);
    return shell?.gone ? undefined : shell;
  }

  /** What holds the host again where its shell had to be entered again. */
  heldBy(hold: (shell: TargetShell, before: TargetShell | undefined) => Promise<void>): void {
    this.#hold = hold;
  }

  /** Reports a worker that was started anew. */
  note(target: TargetKey, shell: TargetShell): void {
    if (this.#workers.get(shell) === shell.worker) return;
    this.#workers.set(shell, shell.worker);
    this.#options.entered(target.key, target.command ?? "", shell.worker);
  }

  /** The variables that a shell does not have yet. */
  news(shell: TargetShell): Map<string, string> {
    const sent = this.#sent.get(shell) ?? new Map<string, string>();
    const news = new Map<string, string>();
    for (const [name, value] of this.#options.values()) {
      if (sent.get(name) === value) continue;
      sent.set(name, value);
      news.set(name, value);
    }
    return news;
  }

  /** The step in hand is over and journalled: what it left in sessions of its own may live on. */
  idle(): void {
    for (const shell of this.#shells.values()) shell.idle();
  }

  /** Where steps had left something in the background, what of it is still there. */
  async *stillLeft(): AsyncIterable<[key: string, processes: readonly EndedProcess[]]> {
    for (const [key, shell] of this.#shells) if (shell.lastLeft.length > 0) yield [key, await leftIn(shell)];
  }

  /**
   * Offers the target's last state to a shell that a person opens there, with what that shell runs before and after.
   * That shell says it where the state cannot be read. Undefined where the target is gone.
   */
  async offer(target: TargetKey, before: string, after: string): Promise<OfferedState | undefined> {
    const shell = this.known(target);
    const why = shell?.last.unreadable;
    const warning =
      why === undefined ? "" : `echo "This shell lacks the target's state, which cannot be read (${why})."`;
    const script = [bytesOf(before), shell?.last.commands ?? "", bytesOf(after), bytesOf(warning)].join("\n");
    return shell && (await offerState(shell, script, `${this.#options.run}-0`));
  }

  /** Offers a script on the target; undefined where the target is gone. */
  async offerScript(target: TargetKey, script: string): Promise<OfferedState | undefined> {
    const shell = this.known(target);
    return shell && (await offerState(shell, bytesOf(script), `${this.#options.run}-0`));
  }

  /** A shell was given another state: every variable is sent to it again. */
  forget(shell: TargetShell): void {
    this.#sent.set(shell, new Map());
  }

  /** Ends a shell that nothing more is to run in. */
  async close(target: TargetKey): Promise<void> {
    const shell = this.known(target);
    this.#shells.delete(target.key);
    await shell?.quit();
  }

  /** Ends every shell in order, the last entered first. Tells what of the steps' ended with them. */
  async quit(): Promise<EndedProcess[]> {
    const ended: EndedProcess[] = [];
    for (const [key, shell] of [...this.#shells].reverse()) {
      const lost = shell.gone;
      ended.push(...(await shell.quit()));
      if (lost) await this.#tidyLost(key, shell);
    }
    this.#shells.clear();
    return ended;
  }

  /** Ends what a supervisor had to end whose line was lost, and which may be gone too: jobs, and control groups. */
  async #tidyLost(key: string, shell: TargetShell): Promise<void> {
    const { host, run, values } = this.#options;
    const command = this.#commands.get(key) ?? "";
    const variables = { rb_run: run, rb_marks: "", rb_sids: String(shell.worker) };
    await sweepTarget(host, { command, values: values(), text: "sweep.sh", variables, limitMs: tidyMs });
  }

  /** Drops every line; each supervisor ends what its unfinished step started. */
  drop(): void {
    for (const shell of this.#shells.values()) shell.drop();
  }
}
