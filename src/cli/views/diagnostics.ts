import { readFileSync } from "node:fs";
import { type RenderOptions, renderDiagnostic } from "../../language/check/render.ts";
import type { Diagnostic } from "../../language/model/diagnostic.ts";

/** Diagnostics with the lines that they are about, an empty line behind each. */
export function diagnosticsText(
  diagnostics: readonly Diagnostic[],
  options: RenderOptions,
  texts: ReadonlyMap<string, string> = new Map(),
): string {
  const known = new Map(texts);
  const textOf = (file: string): string => {
    const text = known.get(file) ?? readPage(file);
    known.set(file, text);
    return text;
  };
  return diagnostics
    .map((diagnostic) => `${renderDiagnostic(diagnostic, textOf(diagnostic.file), options)}\n\n`)
    .join("");
}

/** A page that is gone meanwhile has no lines to show. */
function readPage(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
