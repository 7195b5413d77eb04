// Types a line into a terminal of its own, where a person reads it and presses Enter.
const { Disposable, window } = require("vscode");

const NAME = "Runbook";

/** For how long a new terminal is waited for: a shell without VS Code's integration never says that it is ready. */
const readyMs = 3000;

/** For how long after its word that it is ready a shell still draws its prompt. */
const promptMs = 300;

/** Deletes what stands before the cursor, in bash, zsh and fish alike: Ctrl+U. */
const CLEAR = "\u0015";

class Typist {
  /** The terminals in which a command runs: what is typed there would be its input. */
  #busy = new Set();
  #terminal;
  #listening;

  constructor() {
    this.#listening = Disposable.from(
      window.onDidStartTerminalShellExecution(({ terminal }) => this.#busy.add(terminal)),
      window.onDidEndTerminalShellExecution(({ terminal }) => this.#busy.delete(terminal)),
      window.onDidCloseTerminal((terminal) => {
        this.#busy.delete(terminal);
        if (terminal === this.#terminal) this.#terminal = undefined;
      }),
    );
  }

  /** Types a line in a folder; what was typed by an earlier click and not run is replaced. */
  async type(line, cwd) {
    const free = this.#terminal && !this.#busy.has(this.#terminal);
    const terminal = free ? this.#terminal : window.createTerminal({ name: NAME, cwd });
    this.#terminal = terminal;
    terminal.show();
    // Before the prompt is there, the terminal would show the line twice.
    if (!free) await ready(terminal);
    terminal.sendText(free ? CLEAR + line : line, false);
  }

  dispose() {
    this.#listening.dispose();
  }
}

/** Waits until a terminal's shell shows its prompt. */
function ready(terminal) {
  if (terminal.shellIntegration) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      listening.dispose();
      setTimeout(resolve, promptMs);
    };
    const timer = setTimeout(done, readyMs);
    const listening = window.onDidChangeTerminalShellIntegration((change) => change.terminal === terminal && done());
  });
}

module.exports = { Typist };
