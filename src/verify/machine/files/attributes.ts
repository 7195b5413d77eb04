import { readFileSync } from "node:fs";
import { join } from "node:path";
import { checkout } from "../../../checkout.ts";
import { quoteShell } from "../../../language/shell/quote.ts";

/** The words of a command that prints what files have beside content and mode, to be followed by their paths. */
export const ATTRIBUTES: readonly string[] = [
  "perl",
  "-e",
  readFileSync(join(checkout, "src/verify/machine/files/attributes.pl"), "utf8"),
  "--",
];

/** The same as shell. */
export const ATTRIBUTES_SHELL: string = ATTRIBUTES.map(quoteShell).join(" ");

/** Reads what that command printed: attributes by path, of the files that have any. */
export function parseAttributes(text: string): Map<string, string> {
  const texts = text.split("\0");
  const attributes = new Map<string, string>();
  for (let at = 0; at + 1 < texts.length; at += 2) attributes.set(texts[at] ?? "", texts[at + 1] ?? "");
  return attributes;
}

/** Digests with the attributes of the files that have any. */
export function withAttributes(
  digests: ReadonlyMap<string, string>,
  attributes: ReadonlyMap<string, string>,
): Map<string, string> {
  return new Map(
    [...digests].map(([path, digest]) => [path, [digest, attributes.get(path)].filter(Boolean).join(" ")]),
  );
}
