import { FitAddon } from "@xterm/addon-fit";
import { Terminal } from "@xterm/xterm";
import type { Message, OpenShell } from "../messages.ts";
import { ask } from "./ask.ts";
import { button, make } from "./elements.ts";
import { withSheets } from "./sheets.ts";

/** Messages about a shell. */
export type ShellMessage = Extract<Message, { type: "shell" | "shell-output" | "shell-size" }>;

/** Characters that are typed in one request; more are pasted in several. */
const mostTyped = 30_000;

/** The terminal of a shell at a failing step. */
class ShellView {
  readonly #number: number;
  readonly #terminal: Terminal;
  readonly #fit = new FitAddon();
  readonly #section: HTMLElement;
  readonly #leave: HTMLButtonElement;
  readonly #state = make("p", { class: "serve-shell-state" });
  readonly #watch: ResizeObserver;
  #typed = "";
  #isSending = false;

  constructor({ number, key }: OpenShell, place: HTMLElement, tell: (error: unknown) => void) {
    this.#number = number;
    this.#state.textContent = `A shell as ${key} left it. The run goes on when the shell ends: type exit, or close it below. F6 moves from the terminal to that button.`;
    this.#leave = button("Close the shell", () => ask("leave", { number }), tell);
    // The site's rules for prose are not for the rows of a terminal.
    const screen = make("div", { class: "serve-terminal not-content" });
    this.#section = make("section", { class: "serve-shell", "aria-label": `Shell at ${key}` }, [
      this.#state,
      screen,
      make("p", { class: "serve-buttons" }, [this.#leave]),
    ]);
    place.append(this.#section);
    this.#terminal = new Terminal({
      fontFamily: getComputedStyle(screen).fontFamily,
      fontSize: 13,
      minimumContrastRatio: 4.5,
      screenReaderMode: true,
      theme: { background: "#16181d", foreground: "#e6e6e6" },
    });
    this.#terminal.loadAddon(this.#fit);
    withSheets(() => this.#terminal.open(screen));
    this.#terminal.attachCustomKeyEventHandler((event) => {
      // All other keys are the shell's, Tab too.
      if (event.key !== "F6") return true;
      if (event.type === "keydown") this.#leave.focus();
      return false;
    });
    this.#terminal.onData((text) => {
      this.#typed += text;
      void this.#send().catch(tell);
    });
    const offerSize = (): void => void this.#offerSize().catch(tell);
    this.#watch = new ResizeObserver(offerSize);
    this.#watch.observe(screen);
    screen.addEventListener("focusin", offerSize);
    // Another window of the same browser may be where somebody types.
    if (document.hasFocus()) this.#terminal.focus();
  }

  is({ number }: { number: number }): boolean {
    return number === this.#number;
  }

  write(text: string): void {
    this.#terminal.write(text);
  }

  /** Every window has the size of the window in which somebody types. */
  resize(columns: number, rows: number): void {
    this.#terminal.resize(columns, rows);
  }

  end(): void {
    this.#watch.disconnect();
    this.#terminal.options.disableStdin = true;
    this.#terminal.options.cursorBlink = false;
    this.#state.textContent = "The shell has ended.";
    this.#leave.disabled = true;
  }

  remove(): void {
    this.#watch.disconnect();
    this.#terminal.dispose();
    this.#section.remove();
  }

  async #offerSize(): Promise<void> {
    const size = this.#fit.proposeDimensions();
    if (
      !this.#section.contains(document.activeElement) ||
      !size ||
      (size.cols === this.#terminal.cols && size.rows === this.#terminal.rows)
    )
      return;
    await ask("size", { number: this.#number, columns: size.cols, rows: size.rows });
  }

  /** Sends what was typed. One request at a time, so that the keys arrive in order. */
  async #send(): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      while (this.#typed) {
        const text = this.#typed.slice(0, mostTyped);
        this.#typed = this.#typed.slice(mostTyped);
        await ask("type", { number: this.#number, text });
      }
    } finally {
      this.#isSending = false;
    }
  }
}

let view: ShellView | undefined;
let sheet: Promise<void> | undefined;

/** Shows what a message says of the shell, in `place` where one opens. */
export async function showShell(
  message: ShellMessage,
  place: (key: string) => HTMLElement,
  tell: (error: unknown) => void,
): Promise<void> {
  sheet ??= loadSheet();
  await sheet;
  if (message.type === "shell") {
    if (!message.shell) return view?.end();
    view?.remove();
    view = new ShellView(message.shell, place(message.shell.key), tell);
    return;
  }
  if (!view?.is(message)) return;
  if (message.type === "shell-output") view.write(message.text);
  else view.resize(message.columns, message.rows);
}

/** Takes the terminal of an ended shell away. */
export function removeShell(): void {
  view?.remove();
  view = undefined;
}

/** The terminal measures its letters, so its style sheet has to be there first. */
function loadSheet(): Promise<void> {
  return new Promise((resolve, reject) => {
    const link = make("link", { rel: "stylesheet", href: "/-/xterm.css" });
    link.addEventListener("load", () => resolve());
    link.addEventListener("error", () => reject(new Error("The terminal's style sheet does not load.")));
    document.head.append(link);
  });
}
