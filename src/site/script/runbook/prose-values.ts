import { proseValue } from "../../values/prose-value.ts";
import { setText } from "../set-text.ts";

/** Puts values in the prose and the headings; what has no value, an example included, stays a reference. */
export function showInProse(values: ReadonlyMap<string, string>, given: ReadonlyMap<string, string>): void {
  for (const mark of document.querySelectorAll<HTMLElement>("[data-value]")) {
    const { value: name = "", reference = "" } = mark.dataset;
    setText(mark, proseValue(reference, given.get(name) ?? values.get(name)));
    mark.classList.toggle("given", given.has(name));
  }
}
