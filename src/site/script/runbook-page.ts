import type { Parameter } from "../../language/runbook.ts";
import { checkValue } from "../../language/value.ts";
import { execLine } from "../runbook/exec-line.ts";
import type { PageData } from "../runbook/page-data.ts";
import { wholeScript } from "../runbook/script.ts";
import { copyText } from "./copy.ts";
import { addressWith, readAddress, valuesFor } from "./given.ts";
import { showValues } from "./show-values.ts";

type Field = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement;

const data: PageData = JSON.parse(document.getElementById("runbook-data")?.textContent ?? "{}");
const blocks = new Map(data.blocks);
const form = document.querySelector<HTMLFormElement>("#values-form");
let given = readAddress(data, location.search);
/** Nothing was typed since the field was entered: the next change is a step back in the history. */
let fresh = true;

function show(): void {
  showValues(blocks, valuesFor(data, given), new Set(given.keys()));
  const line = document.getElementById("exec-line");
  if (line) line.textContent = execLine(data.id, given);
  for (const parameter of data.params) check(parameter);
  const reset = form?.querySelector<HTMLButtonElement>("[type=reset]");
  if (reset) reset.disabled = given.size === 0;
}

function check(parameter: PageData["params"][number]): void {
  const field = fieldOf(parameter.name);
  const wrong = document.getElementById(`value-${parameter.name}-wrong`);
  if (!field || !wrong) return;
  const value = given.get(parameter.name);
  const missing = value === undefined && parameter.default === undefined ? `${parameter.name} is needed.` : "";
  const problem = value === undefined ? "" : (checkValue(parameter as Parameter, value) ?? "");
  if (wrong.textContent !== problem) wrong.textContent = problem;
  field.setAttribute("aria-invalid", String(problem !== ""));
  field.closest(".field")?.classList.toggle("given", value !== undefined);
  field.title = missing;
}

function fieldOf(name: string): Field | null {
  return document.querySelector<Field>(`#value-${CSS.escape(name)}`);
}

function fillFields(): void {
  const values = valuesFor(data, given);
  for (const { name } of data.params) {
    const field = fieldOf(name);
    if (field) field.value = values.get(name) ?? "";
  }
}

function keep(): void {
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
  keep();
  show();
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
  given = readAddress(data, location.search);
  fillFields();
  show();
});

for (const tool of document.querySelectorAll<HTMLElement>(".runbook-panel [hidden]")) tool.hidden = false;
for (const button of document.querySelectorAll<HTMLElement>("[data-copies]")) {
  button.addEventListener("click", () => {
    const line = execLine(data.id, given);
    const script = () => wholeScript([...data.head, line], data.steps, blocks, valuesFor(data, given));
    const text = button.dataset["copies"] === "exec" ? line : script();
    void copyText(text, button, document.getElementById("panel-said"));
  });
}
if (given.size > 0) document.querySelector<HTMLDetailsElement>("#values")?.setAttribute("open", "");
fillFields();
show();
