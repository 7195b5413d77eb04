import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stages } from "../stages.ts";
import { ProofFailed } from "./verdict.ts";

/** No secret may be in what is kept: the journal with the steps' output, and the evidence. */
export function expectNoCanary(stages: Stages, kept: readonly string[]): void {
  const files = readdirSync(stages.stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), "latin1").toLowerCase());
  const texts = kept.map((text) => text.toLowerCase());
  for (const [name, secret] of Object.entries(stages.secrets)) {
    const forms = formsOf(secret);
    const found = [...texts, ...files].some((text) => forms.some((form) => text.includes(form)));
    if (!found) continue;
    throw new ProofFailed({
      stage: "run",
      step: null,
      message: `The secret ${name} is in what the run keeps.`,
      hint: "A step prints it in a form that masking does not know, such as in pieces or another encoding.",
      place: stages.placeOf(null),
    });
  }
}

/** A secret in the forms that a step may bring it into, all in lower case: searching takes no notice of case. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const forms = [
    secret,
    [...secret].reverse().join(""),
    bytes.toString("hex"),
    bytes.toString("hex").replaceAll(/(..)(?=.)/g, "$1 "),
    encodeURIComponent(secret),
    // Where it stands behind other bytes, its Base64 form is another one; the ends belong to its neighbours.
    ...[0, 1, 2].map((before) => {
      const text = Buffer.concat([Buffer.alloc(before), bytes])
        .toString("base64")
        .replaceAll("=", "");
      return text.slice(before === 0 ? 0 : 4, -2);
    }),
  ];
  return forms.map((form) => form.toLowerCase());
}
