import { randomBytes } from "node:crypto";
import { RunbookError } from "../../errors/runbook-error.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { checkValue } from "../../language/values/check-value.ts";

/**
 * The values that a runbook is proved with where the defaults do not say: those of the first set that the page names for
 * its proof, else the first of an `enum`.
 */
export function valuesOf(order: readonly Runbook[]): Record<string, string> {
  const named = new Map((order.at(-1)?.verify?.values[0] ?? []).map(({ name, value }) => [name, value]));
  const required = order.flatMap(({ params }) => params.filter((one) => one.default === undefined && !one.secret));
  return Object.fromEntries(
    required.map(({ name, enum: choices }) => {
      const value = named.get(name) ?? choices?.[0];
      if (value !== undefined) return [name, value];
      throw new RunbookError("blocked", `${name} has no default, so there is nothing to prove it with.`, {
        hint: `Name a value for the proof in the page's frontmatter: \`verify: { values: { ${name}: … } }\`.`,
      });
    }),
  );
}

/** A value for each secret that no text holds by chance, so that it can be looked for wherever something is kept. */
export function canaries(order: readonly Runbook[]): Record<string, string> {
  const secrets = order.flatMap(({ params }) => params.filter(({ secret }) => secret));
  return Object.fromEntries(
    secrets.map((parameter) => {
      const hex = randomBytes(16).toString("hex");
      const digits = [...randomBytes(12)].map((byte) => byte % 10).join("");
      const tries = [
        `Canary-${hex}`,
        `canary${hex}`,
        hex,
        hex.slice(0, 16),
        hex.slice(0, 12),
        digits,
        digits.slice(0, 6),
      ];
      const value = tries.find((one) => checkValue(parameter, one) === undefined);
      if (value !== undefined) return [parameter.name, value];
      throw new RunbookError("blocked", `No value is known that ${parameter.name} takes.`, {
        hint: "Its pattern takes no word of letters or digits.",
      });
    }),
  );
}
