import type { FailContext } from "../../../engine/run/options.ts";
import type { Host } from "../../../engine/target/host.ts";
import { RunbookError } from "../../../errors/runbook-error.ts";
import { openFailShell } from "../../run/shell/fail-shell.ts";
import type { Message } from "../messages.ts";
import { Terminal } from "./terminal.ts";

/** The type of terminal that a page has. */
const TERMINAL_TYPE = "xterm-256color";
/** Most columns or rows of a terminal. */
const MOST_CELLS = 1_000;

/** The shell at a failing step, in the terminal of a page. One run at a time holds the host, so at most one is open. */
export class PageShell {
  readonly #env: NodeJS.ProcessEnv;
  readonly #tell: (message: Message) => void;
  #library: typeof import("@lydell/node-pty") | undefined;
  #number = 0;
  #terminal: Terminal | undefined;
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
          type: TERMINAL_TYPE,
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
    if (number === this.#number) this.#terminal?.type(text);
  }

  resize(number: number, columns: number, rows: number): void {
    const isSize = (cells: number): boolean => Number.isInteger(cells) && cells > 0 && cells <= MOST_CELLS;
    if (number !== this.#number || !isSize(columns) || !isSize(rows)) return;
    this.#size = { columns, rows };
    this.#terminal?.resize(columns, rows);
    this.#tell({ type: "shell-size", number, columns, rows });
  }

  /** Ends the shell as a closed terminal does. */
  close(number: number): void {
    if (number === this.#number) this.#terminal?.hangUp();
  }

  async #run(
    [file = "sh", ...args]: readonly string[],
    { env, stop, print }: { env: NodeJS.ProcessEnv; stop: AbortSignal; print: (text: string) => void },
  ): Promise<void> {
    if (stop.aborted || !this.#library) return;
    const { columns, rows } = this.#size;
    let terminal: Terminal;
    try {
      terminal = new Terminal(
        this.#library.spawn(file, args, { name: TERMINAL_TYPE, cols: columns, rows, env }),
        print,
      );
    } catch (error) {
      print(`The shell can't be opened: ${error instanceof Error ? error.message : error}\r\n`);
      return;
    }
    this.#terminal = terminal;
    const hangUp = (): void => terminal.hangUp();
    stop.addEventListener("abort", hangUp);
    await terminal.ended;
    stop.removeEventListener("abort", hangUp);
    this.#terminal = undefined;
  }
}
