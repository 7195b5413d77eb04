import type { CopySource } from "./copy.ts";
import { execLine } from "./exec-line.ts";
import type { PageData } from "./page-data.ts";
import { wholeScript } from "./script.ts";

/** What copied texts are made with: an example of a computed default is no value, so its command is run instead. */
export function copySource(
  { known, computed, steps }: PageData,
  given: ReadonlyMap<string, string> = new Map(),
): CopySource {
  return {
    set: steps.flatMap(({ on, sets = [] }) => (on === "host" ? sets : [])),
    values: new Map([...known, ...given]),
    computed: new Map(computed.filter(([name]) => !given.has(name))),
  };
}

/** A page's whole procedure as one script, with the values that a reader gave: what the page's button copies. */
export function copiedScript(data: PageData, given: ReadonlyMap<string, string>): string {
  const head = [...data.head, execLine(data.id, given)];
  return wholeScript(head, data.steps, new Map(data.blocks), copySource(data, given));
}
