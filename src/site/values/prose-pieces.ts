import { knownDefaults } from "../../language/copied/blocks.ts";
import type { Parameter } from "../../language/model/runbook.ts";
import { proseValue } from "./prose-value.ts";

/** A piece of code in the prose: as written, or what stands for a reference to a parameter. */
interface ProsePiece {
  text: string;
  /** The parameter, and how the page refers to it. */
  name?: string;
  reference?: string;
}

/** Code in a runbook's prose, with the defaults in the place of `$NAME`. An example is no value: its reference stays. */
export function prosePieces(code: string, params: readonly Parameter[]): ProsePiece[] {
  const values = knownDefaults(params);
  const names = new Set(params.filter(({ secret }) => !secret).map(({ name }) => name));
  return code.split(/(\$(?:\{[A-Za-z_]\w*\}|[A-Za-z_]\w*))/).flatMap((text, index) => {
    const name = text.replace(/[${}]/g, "");
    if (index % 2 === 0 || !names.has(name)) return text === "" ? [] : [{ text }];
    return [{ text: proseValue(text, values.get(name)), name, reference: text }];
  });
}
