import { type Block, written } from "../../../language/copied/block.ts";
import type { PageData } from "../../../language/copied/page-data.ts";
import { matchesAtOnce } from "../../../language/values/at-once.ts";
import { brokenRule } from "../../../language/values/rules.ts";
import { byId } from "../by-id.ts";
import { setText } from "../set-text.ts";
import { fieldOf } from "./field.ts";
import { problemInTime } from "./slow-patterns.ts";

let marked = "";
/** Checks the values of that moment once more, when the answer of a slow pattern is there. */
let again = (): void => {};

/** Says at each field what is wrong with its value, and at the copy buttons which values are wrong. */
export function checkValues(
  { params }: Pick<PageData, "params">,
  blocks: ReadonlyMap<string, Block>,
  given: ReadonlyMap<string, string>,
): void {
  again = () => checkValues({ params }, blocks, given);
  const wrong = params.filter((parameter) => !check(parameter, given.get(parameter.name))).map(({ name }) => name);
  // Most keystrokes change nothing of it.
  if (wrong.join() !== marked) mark(blocks, wrong);
  marked = wrong.join();
}

function check(parameter: PageData["params"][number], value: string | undefined): boolean {
  const field = fieldOf(parameter.name);
  if (!field) return true;
  const said = byId(`value-${parameter.name}-wrong`);
  const problem = value === undefined ? "" : problemOf(parameter, value);
  setText(said, problem);
  const invalid = String(problem !== "");
  if (field.ariaInvalid !== invalid) field.ariaInvalid = invalid;
  field.closest(".field")?.classList.toggle("given", value !== undefined);
  return problem === "";
}

function problemOf(parameter: PageData["params"][number], value: string): string {
  const { pattern } = parameter;
  if (pattern === undefined || matchesAtOnce(pattern, value.length)) return brokenRule(parameter, value) ?? "";
  return problemInTime(parameter, value, () => again());
}

function mark(blocks: ReadonlyMap<string, Block>, wrong: readonly string[]): void {
  byId("panel-wrong").textContent =
    wrong.length > 0 ? `Not valid: ${wrong.join(", ")}. What is copied has it all the same.` : "";
  for (const figure of document.querySelectorAll<HTMLElement>("figure[data-block]")) {
    const { block: key = "" } = figure.dataset;
    const parts = [key, `${key}:enter`, `${key}:path`].flatMap((part) => blocks.get(part) ?? []);
    const texts = parts.map((part) => written(part).text);
    const own = wrong.filter((name) => texts.some((text) => new RegExp(`\\b${name}\\b`).test(text)));
    if (own.length > 0) figure.dataset["wrong"] = `Not valid: ${own.join(", ")}`;
    else delete figure.dataset["wrong"];
  }
}
