import type { IPty } from "@lydell/node-pty";
import type { FailContext } from "../../../engine/run/options.ts";
import type { Host } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { openFailShell } from "../../run/shell/fail-shell.ts";
import type { Message } from "../messages.ts";
import { Pace } from "./pace.ts";

/** The type of terminal that a page has. */
const TERMINAL = "xterm-256color";
/** A shell that is hung up and goes on for so long is killed. */
const HANG_UP_MS = 2_000;
/** Most columns or rows of a terminal. */
const MOST_CELLS = 1_000;

/** The shell at a failing step, in the terminal of a page. One run at a time holds the host, so at most one is open. */
export class PageShell {
  readonly #env: NodeJS.ProcessEnv;
  readonly #tell: (message: Message) => void;
  #library: typeof import("@lydell/node-pty") | undefined;
  #number = 0;
  #pty: IPty | undefined;
  #size = { columns: 80, rows: 24 };

  constructor(env: NodeJS.ProcessEnv, tell: (message: Message) => void) {
    this.#env = env;
    this.#tell = tell;
  }

  /** Loads the library of pseudo-terminals: a run that shall open a shell must not find out at its failing step that it can't. */
  async prepare(): Promise<void> {
    try {
      this.#library ??= await import("@lydell/node-pty");
    } catch (cause) {
      throw new RunbookError("no-terminal", "The library that opens a shell in a page does not load on this machine.", {
        hint: "Run without the shell, or run `runbook exec --shell` in a terminal.",
        cause,
      });
    }
  }

  /** Opens a shell with the state of the failed step, and waits until somebody leaves it or the run is stopped. */
  async open(failed: FailContext, host: Host, stop: AbortSignal): Promise<void> {
    this.#number += 1;
    const number = this.#number;
    const print = (text: string): void => this.#tell({ type: "shell-output", number, text });
    this.#tell({ type: "shell", shell: { number, key: failed.key } });
    try {
      await openFailShell(
        {
          type: TERMINAL,
          say: (text) => print(text.replaceAll("\n", "\r\n")),
          open: (words, env) => this.#run(words, { env, stop, print }),
          env: this.#env,
        },
        failed,
        host,
      );
    } finally {
      this.#tell({ type: "shell", shell: null });
    }
  }

  /** Types into the shell. Keys for a shell that has ended are dropped. */
  type(number: number, text: string): void {
    if (number === this.#number) this.#pty?.write(text);
  }

  resize(number: number, columns: number, rows: number): void {
    const isSize = (cells: number): boolean => Number.isInteger(cells) && cells > 0 && cells <= MOST_CELLS;
    if (number !== this.#number || !isSize(columns) || !isSize(rows)) return;
    this.#size = { columns, rows };
    try {
      this.#pty?.resize(columns, rows);
    } catch {
      // The shell has ended, and its terminal with it; that it ended is told in a moment.
    }
    this.#tell({ type: "shell-size", number, columns, rows });
  }

  /** Ends the shell as a closed terminal does. */
  close(number: number): void {
    if (number === this.#number) this.#hangUp();
  }

  async #run(
    [file = "sh", ...args]: readonly string[],
    { env, stop, print }: { env: NodeJS.ProcessEnv; stop: AbortSignal; print: (text: string) => void },
  ): Promise<void> {
    if (stop.aborted || !this.#library) return;
    const { columns, rows } = this.#size;
    let pty: IPty;
    try {
      pty = this.#library.spawn(file, args, { name: TERMINAL, cols: columns, rows, env });
    } catch (error) {
      print(`The shell can't be opened: ${error instanceof Error ? error.message : error}\r\n`);
      return;
    }
    this.#pty = pty;
    const pace = new Pace(pty, print);
    pty.onData((text) => pace.add(text));
    const hangUp = (): void => this.#hangUp();
    stop.addEventListener("abort", hangUp);
    await new Promise<void>((resolve) => pty.onExit(() => resolve()));
    stop.removeEventListener("abort", hangUp);
    this.#pty = undefined;
    pace.end();
  }

  #hangUp(): void {
    const pty = this.#pty;
    pty?.kill("SIGHUP");
    setTimeout(() => {
      if (pty && this.#pty === pty) pty.kill("SIGKILL");
    }, HANG_UP_MS).unref();
  }
}
