import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Stages } from "./stages.ts";
import { ProofFailed } from "./verdict.ts";

/** No secret may be in what is kept: the journal with the steps' output, and the evidence. */
export function expectNoCanary(stages: Stages, kept: readonly string[]): void {
  const files = readdirSync(stages.stateDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name)));
  for (const [name, secret] of Object.entries(stages.secrets)) {
    const forms = [secret, Buffer.from(secret).toString("base64").replace(/=+$/, ""), encodeURIComponent(secret)];
    const found = forms.some(
      (form) => kept.some((text) => text.includes(form)) || files.some((bytes) => bytes.includes(form)),
    );
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
