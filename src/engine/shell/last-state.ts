import { functionsOf, shEnd, shRestore } from "./sh-texts.ts";
import { bytesOf, textOf } from "./state/bytes.ts";
import { leavesState } from "./state/leaves-state.ts";
import { restoring } from "./state/restore.ts";
import { readShState, type ShState, shRestoring, shWithoutWorker } from "./state/sh-state.ts";
import { readState, type ShellState } from "./state/state.ts";
import { bashEnd, bashOptions, bashRestore, exitTrapOf } from "./texts.ts";

/** The state that a target's shell reported last, and what is derived from it. */
export class LastState {
  kind: "bash" | "sh" = "bash";
  /** The state's text, as it is kept; undefined before the first report. */
  text: string | undefined;
  /** The functions that texts of a target without bash defined, by name, in bytes: such a shell cannot list its own. */
  #functions = new Map<string, string>();
  /** Functions that the text in hand may define anew: whether it passes or not, or only where it fails. */
  #doubtful: Record<"always" | "failed", string[]> = { always: [], failed: [] };
  #read: { text?: string | undefined; bash?: ShellState | undefined; sh?: ShState | undefined } = {};

  get functions(): ReadonlyMap<string, string> {
    return this.#functions;
  }

  /** Of a bash. */
  get bash(): ShellState | undefined {
    return this.#parsed().bash;
  }

  /** Why the state cannot be read, where one was reported or kept; undefined where it can. */
  get unreadable(): string | undefined {
    const { text } = this;
    if (text === undefined) return undefined;
    const { bash, sh } = this.#parsed();
    if (bash || sh) return undefined;
    if (text === "") return "the shell's report of it was cut";
    const other = this.kind === "bash" ? readShState(text) : readState(text);
    if (!other) return "its record is damaged";
    return this.kind === "bash"
      ? "sh left it, and the target offers bash now"
      : "bash left it, and the target offers sh now";
  }

  /** The folder that the shell was in, as far as it reported one. */
  get folder(): string {
    const { bash, sh } = this.#parsed();
    return textOf(
      bash ? bash.folder || bash.logicalFolder : sh?.variables["rb_folder"] || sh?.variables["rb_logical"] || "",
    );
  }

  /** The page's own EXIT trap; empty where it has none. */
  get exitTrap(): string {
    const { bash, sh } = this.#parsed();
    return bash ? exitTrapOf(bash) : (sh?.variables["rb_user_exit"] ?? "");
  }

  /** Records the functions that a text of a target without bash defines. */
  define(text: string): void {
    this.#doubtful = { always: [], failed: [] };
    if (this.kind !== "sh") return;
    for (const [name, { text: definition, sure, rival }] of functionsOf(text)) {
      const own = bytesOf(definition);
      const old = this.#functions.get(name);
      if (rival || (old !== undefined && old !== own)) this.#doubtful[sure ? "failed" : "always"].push(name);
      this.#functions.set(name, own);
    }
  }

  /**
   * The functions that the shell may keep once the text that was recorded last has ended: of one that it may or may not
   * have defined anew, nobody can tell which definition holds. None is better than a wrong one.
   */
  functionsAfter(failed: boolean): ReadonlyMap<string, string> {
    const { always, failed: ifFailed } = this.#doubtful;
    for (const name of failed ? [...always, ...ifFailed] : always) this.#functions.delete(name);
    return this.#functions;
  }

  /** Whether a text surely leaves this state as it is. */
  isLeftBy(text: string): boolean {
    const { bash } = this;
    return bash !== undefined && leavesState(text, bash);
  }

  /** What gives a new worker this state. */
  restoring(sequence: number): string {
    const { bash, sh } = this.#parsed();
    if (sh) this.#functions = new Map(Object.entries(sh.functions));
    return this.kind === "sh" ? shRestore(sh, sequence) : bashRestore(bash, sequence);
  }

  /** The commands that give a person's shell this state, bytes a character each. */
  get commands(): string {
    const { bash, sh } = this.#parsed();
    if (sh) return [shRestoring(sh), shWithoutWorker(sh)].join("\n");
    return bash ? [restoring(bash).commands, bashOptions(bash)].join("\n") : "";
  }

  /** What ends the worker in order. */
  ending(): string {
    return this.kind === "bash" ? bashEnd(this.bash) : shEnd();
  }

  #parsed(): { bash?: ShellState | undefined; sh?: ShState | undefined } {
    // Most steps leave the state as it was.
    if (this.text !== this.#read.text) {
      const text = this.text ?? "";
      this.#read = {
        text: this.text,
        ...(this.kind === "bash" ? { bash: readState(text) } : { sh: readShState(text) }),
      };
    }
    return this.#read;
  }
}
