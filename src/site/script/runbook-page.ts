import { execLine } from "../../language/copied/exec-line.ts";
import type { PageData } from "../../language/copied/page-data.ts";
import { brokenRule } from "../../language/values/rules.ts";
import { byId } from "./by-id.ts";
import { setUpCopies } from "./copy-buttons.ts";
import { addressWith, readAddress, valuesFor } from "./given.ts";
import { showValues } from "./show-values.ts";
import { setUpTicks } from "./ticks.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const data: PageData = JSON.parse(byId("runbook-data").textContent);
const blocks = new Map(data.blocks);
const form = document.querySelector<HTMLFormElement>("#values-form");
let given = readAddress(data, location.search);
/** Nothing was typed since the field was entered: the next change is a step back in the history. */
let fresh = true;
let pause: ReturnType<typeof setTimeout>;

function show(): void {
  showValues(blocks, valuesFor(data, given), given);
  byId("exec-line").textContent = execLine(data.id, given);
  for (const parameter of data.params) check(parameter);
  form?.querySelector("[type=reset]")?.toggleAttribute("disabled", given.size === 0);
}

function check(parameter: PageData["params"][number]): void {
  const field = fieldOf(parameter.name);
  if (!field) return;
  const wrong = byId(`value-${parameter.name}-wrong`);
  const value = given.get(parameter.name);
  const problem = value === undefined ? "" : (brokenRule(parameter, value) ?? "");
  if (wrong.textContent !== problem) wrong.textContent = problem;
  field.setAttribute("aria-invalid", String(problem !== ""));
  field.closest(".field")?.classList.toggle("given", value !== undefined);
}

function fieldOf(name: string): Field | null {
  return document.getElementById(`value-${name}`) as Field | null;
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
  const parameter = data.params.find((one) => one.name === name);
  if (!parameter) return;
  // A computed value's example is only that: whoever types it means it.
  if (value === parameter.default || (parameter.default === undefined && value === "")) given.delete(name);
  else given.set(name, value);
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
setUpTicks(data.id);
fillFields();
show();
