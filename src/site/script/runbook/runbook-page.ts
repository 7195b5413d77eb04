import { execLine, undoLine } from "../../../language/copied/exec-line.ts";
import type { PageData } from "../../../language/copied/page-data.ts";
import { byId } from "../by-id.ts";
import { layOutCards } from "../lay-out-cards.ts";
import { showLine } from "../show-line.ts";
import { setUpCopies } from "./copy-buttons.ts";
import { type Field, fieldOf } from "./field.ts";
import { addressWith, readAddress, valuesFor, withValue } from "./given.ts";
import { showInProse } from "./prose-values.ts";
import { showValues } from "./show-values.ts";
import { setUpTicks } from "./ticks.ts";

const data: PageData = JSON.parse(byId("runbook-data").textContent);
const blocks = new Map(data.blocks);
const known = new Map(data.known);
/** What checks values comes with the first one. */
let checks: Promise<typeof import("./check-values.ts")> | undefined;
const showTicks = setUpTicks(data.id);
const form = document.querySelector<HTMLFormElement>("#values-form");
let given = readAddress(data, location.search);
/** Nothing was typed since the field was entered: the next change is a step back in the history. */
let fresh = true;
let pause: ReturnType<typeof setTimeout>;

function show(): void {
  showValues(blocks, valuesFor(data, given), given);
  showInProse(known, given);
  const lines: Record<string, string> = {
    exec: execLine(data.id, given),
    "dry-run": execLine(data.id, given, "--dry-run"),
    undo: undoLine(data.id, given),
  };
  for (const line of document.querySelectorAll<HTMLElement>("[data-line]")) {
    showLine(line, lines[line.dataset["line"] ?? ""] ?? "");
  }
  showTicks(given);
  checks ??= given.size > 0 ? import("./check-values.ts") : undefined;
  void checks?.then(({ checkValues }) => checkValues(data, blocks, given));
  form?.querySelector("[type=reset]")?.toggleAttribute("disabled", given.size === 0);
}

function fillFields(): void {
  const values = valuesFor(data, given);
  for (const { name } of data.params) {
    const field = fieldOf(name);
    if (field) field.value = values.get(name) ?? "";
  }
}

// Browsers refuse more than some hundred changes of the address in half a minute, so typing changes it in its pauses.
function keepSoon(): void {
  clearTimeout(pause);
  if (fresh) keep();
  else pause = setTimeout(keep, 300);
}

function keep(): void {
  clearTimeout(pause);
  const address = addressWith(data, given, location.href);
  if (fresh) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
  fresh = false;
}

form?.addEventListener("focusin", () => {
  fresh = true;
});
form?.addEventListener("input", ({ target }) => {
  const { name, value } = target as Field;
  given = withValue(data, given, name, value);
  keepSoon();
  show();
});
form?.addEventListener("change", () => {
  if (!fresh) keep();
});
form?.addEventListener("submit", (event) => event.preventDefault());
form?.addEventListener("reset", (event) => {
  event.preventDefault();
  given = new Map();
  fresh = true;
  keep();
  fillFields();
  show();
});
window.addEventListener("popstate", () => {
  clearTimeout(pause);
  given = readAddress(data, location.search);
  fillFields();
  show();
});

for (const tool of document.querySelectorAll<HTMLElement>(".runbook-panel [hidden], .tick")) tool.hidden = false;
if (given.size > 0) byId("values").setAttribute("open", "");
setUpCopies(data, () => given);
fillFields();
show();
layOutCards();
