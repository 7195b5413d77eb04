import type { Going, Message, Question, State } from "../messages.ts";
import { ask, Refused, stateOf } from "./ask.ts";
import { button, make } from "./elements.ts";
import type { ShellMessage } from "./shell.ts";

// Runs the steps of a runbook's page by the server that this page came from.

interface PageData {
  id: string;
  params: { name: string; secret: boolean; default?: unknown }[];
}

const data = JSON.parse(document.getElementById("runbook-data")?.textContent ?? "{}") as PageData;
/** Characters of a step's output that a window keeps. */
const mostShown = 200_000;
const lookMs = 2000;
const words: Record<string, string> = {
  passed: "done",
  skipped: "done already",
  failed: "failed",
  undone: "undone",
  left: "left as it is",
  cancelled: "not reached",
  interrupted: "interrupted",
  running: "runs",
  elsewhere: "runs in another process",
};

const said = make("p", { class: "serve-said", role: "status" });
const others = make("p", { class: "serve-others" });
const bar = make("section", { class: "serve-bar", "aria-label": "Run this page" });
const secrets = new Map<string, HTMLInputElement>();
const atFailure = make("input", { type: "checkbox", id: "serve-at-failure" });
let going: Going | null = null;
let resumable: string | null = null;

/** The step whose button was pressed last in this window. */
let pressed: string | undefined;

/** Says what went wrong above the page, and at the step whose button was pressed, where the reader looks. */
function tell(error: unknown): void {
  const text = error instanceof Refused ? `${error.message} ${error.hint}`.trim() : String(error);
  said.textContent = text;
  said.classList.add("wrong");
  const card = cards.get(`${data.id}/${pressed}`);
  if (!card) return;
  card.state.textContent = text;
  card.state.dataset["outcome"] = "failed";
}

/** The values that the page shows: those of its address. */
function wish(step?: string) {
  pressed = step;
  const query = new URLSearchParams(location.search);
  const values: Record<string, string> = {};
  for (const { name, secret } of data.params) {
    const value = secret ? null : query.get(name);
    if (value !== null) values[name] = value.replace(/\r\n?/g, "\n");
  }
  const hidden = Object.fromEntries([...secrets].map(([name, field]) => [name, field.value]));
  return { id: data.id, values, secrets: hidden, shell: atFailure.checked, ...(step === undefined ? {} : { step }) };
}

const runAll = button("Run all", () => ask("run", wish()), tell);
const resume = button("Resume", () => ask("resume", wish()), tell);
const undoAll = button("Undo all", () => ask("undo", wish()), tell);
const stop = button("Stop", () => ask("stop"), tell);

/** A card's own controls and output. */
interface Card {
  element: HTMLElement;
  run: HTMLButtonElement;
  undo: HTMLButtonElement;
  state: HTMLElement;
  output: HTMLPreElement;
}

const cards = new Map<string, Card>();

function setUpCards(): void {
  for (const element of document.querySelectorAll<HTMLElement>(".step[data-step]")) {
    const step = element.dataset["step"] ?? "";
    const run = button("Run", () => ask("run", wish(step)), tell);
    const undo = button("Undo", () => ask("undo", wish(step)), tell);
    run.setAttribute("aria-label", `Run ${step}`);
    undo.setAttribute("aria-label", `Undo ${step} and what was done after it`);
    const state = make("span", { class: "serve-state" });
    const output = make("pre", { class: "serve-output", tabindex: "0", "aria-label": `Output of ${step}`, hidden: "" });
    element.append(make("p", { class: "serve-step" }, [run, undo, state]), output);
    cards.set(`${data.id}/${step}`, { element, run, undo, state, output });
  }
}

function setUpBar(): void {
  for (const { name } of data.params.filter(({ secret }) => secret)) {
    const field = make("input", { type: "password", autocomplete: "off", id: `secret-${name}` });
    secrets.set(name, field);
    bar.append(make("label", { for: field.id }, [`${name} (never kept) `, field]));
  }
  const shellLabel = make("label", { for: atFailure.id }, [atFailure, " Open a shell where a step fails"]);
  bar.append(make("p", { class: "serve-buttons" }, [runAll, resume, undoAll, stop, shellLabel]), said, others);
  document.querySelector(".runbook-panel")?.before(bar);
}

function show(): void {
  for (const control of [runAll, undoAll, ...[...cards.values()].flatMap(({ run, undo }) => [run, undo])]) {
    control.disabled = going !== null;
  }
  resume.hidden = resumable === null || going !== null;
  stop.hidden = going === null;
}

function showState(key: string, outcome: string, run = ""): void {
  const card = cards.get(key);
  if (!card) return;
  card.state.textContent = `${words[outcome] ?? outcome}${run ? `, by run ${run}` : ""}`;
  card.state.dataset["outcome"] = outcome;
}

function showJournal(state: State): void {
  for (const [key, { outcome, run }] of Object.entries(state.steps)) showState(key, outcome, run);
  ({ resumable } = state);
  show();
}

/** A step of another runbook has no card here. */
function add(key: string, text: string): void {
  const output = cards.get(key)?.output;
  if (!output) return;
  output.hidden = false;
  output.textContent = `${output.textContent ?? ""}${text}`.slice(-mostShown);
  output.scrollTop = output.scrollHeight;
}

function showEvent(event: Extract<Message, { type: "event" }>["event"]): void {
  if (event.type === "run-started") said.textContent = `Run ${event.run}`;
  if (event.type === "run-finished") said.textContent = `Run ${event.run}: ${event.outcome}`;
  if (event.type === "step-started") {
    const key = `${event.runbook}/${event.step}`;
    const card = cards.get(key);
    if (card) card.output.textContent = "";
    else others.textContent = key;
    showState(key, "running", event.run);
  }
  if (event.type === "output") add(`${event.runbook}/${event.step}`, event.text);
  if (event.type === "step-finished") {
    const key = `${event.runbook}/${event.step}`;
    showState(key, event.outcome === "passed" && going?.kind === "undo" ? "undone" : event.outcome, event.run);
    if (event.error) add(key, `\n${event.error.message}\n${event.error.hint ?? ""}\n`);
    others.textContent = "";
  }
}

const dialog = make("dialog", { class: "serve-question", "aria-label": "A question" });
document.body.append(dialog);

function showQuestion(question: Question | null): void {
  dialog.close();
  if (!question) return;
  const { number, text } = question;
  const no = button("No", () => ask("answer", { number, yes: false }), tell);
  const yes = button("Yes", () => ask("answer", { number, yes: true }), tell);
  dialog.replaceChildren(make("p", {}, [text]), make("p", { class: "serve-buttons" }, [no, yes]));
  dialog.showModal();
  no.focus();
}

// A closed dialog leaves the question open: what is not answered with yes is a no.
dialog.addEventListener("cancel", (event) => event.preventDefault());

let shellShown: Promise<void> = Promise.resolve();

/** The terminal's program is large, so it is loaded when the first shell opens; messages wait for it, in order. */
function showShell(message: ShellMessage): void {
  const place = (key: string): HTMLElement => cards.get(key)?.element ?? bar;
  shellShown = shellShown.then(async () => (await import("./shell.ts")).showShell(message, place, tell)).catch(tell);
}

/** Another run begins; one that is told anew to a window that comes back, too. */
function begin(): void {
  said.classList.remove("wrong");
  if (document.querySelector(".serve-shell") === null) return;
  shellShown = shellShown.then(async () => (await import("./shell.ts")).removeShell()).catch(tell);
}

let source: EventSource | undefined;

/**
 * Listens while the window is seen. A browser holds few lines to one server, and each window that listens takes one: with some
 * hidden windows no request would get through. A window that is seen again is told all anew.
 */
function listenWhileSeen(): void {
  source?.close();
  source = document.visibilityState === "visible" ? listen() : undefined;
}

function listen(): EventSource {
  const source = new EventSource("/-/events");
  source.addEventListener("begin", () => void refresh());
  source.onmessage = ({ data: text }) => {
    const message = JSON.parse(text as string) as Message;
    if (message.type === "event") showEvent(message.event);
    if (message.type === "question") showQuestion(message.question);
    if (message.type === "refused") tell(new Refused(message.message, message.hint));
    if (message.type === "shell" || message.type === "shell-output" || message.type === "shell-size")
      showShell(message);
    if (message.type !== "going") return;
    ({ going } = message);
    if (going) begin();
    else void refresh();
    show();
  };
  return source;
}

/** The next look at a run that another process runs: no message tells of its end. */
let nextLook: ReturnType<typeof setTimeout> | undefined;

async function refresh(): Promise<void> {
  clearTimeout(nextLook);
  const state = await stateOf(data.id).catch(() => undefined);
  if (!state || going !== null) return;
  showJournal(state);
  const elsewhere = Object.values(state.steps).some(({ outcome }) => outcome === "elsewhere");
  if (elsewhere && document.visibilityState === "visible") nextLook = setTimeout(() => void refresh(), lookMs);
}

setUpCards();
setUpBar();
show();
listenWhileSeen();
document.addEventListener("visibilitychange", listenWhileSeen);
