import { evidenceParts } from "../../evidence/schema.ts";
import { fieldTable } from "./field-table.ts";

/** Each part of an evidence file: where it stands, and what it is. */
const SECTIONS = [
  ["evidence", "The file", "The file has all of these keys and no others. A key that may be absent says so."],
  ["host", "host", "The clean host on which the runbook was proved."],
  ["step", "steps", "One entry for each step of the runbook."],
  ["phase", "steps: phases", "One entry for each part of a step that ran."],
  ["residue", "residue", "One entry for each thing that was still on the host after undo."],
  ["lastFailure", "lastFailure", "The key is null where the last attempt succeeded."],
] as const satisfies readonly (readonly [part: keyof typeof evidenceParts, title: string, about: string])[];

/** The reference of evidence files, as a page: made from the schema that reads them. */
export function evidencePage(): string {
  return `${[
    "---",
    "title: Evidence files",
    "description: Every field of the evidence that a proof leaves beside a page, with its kind and meaning.",
    "---",
    "",
    "`runbook verify` writes `evidence/<runbook>@<platform>.json` beside the page, as [How proof works](../authors/proof.md) explains.",
    "This reference is generated from the schema by which `check` reads these files. A file that breaks the schema is an error.",
    "",
    ...SECTIONS.flatMap(([part, title, about]) => [
      `## ${title}`,
      "",
      about,
      "",
      fieldTable(evidenceParts[part].shape),
      "",
    ]),
  ].join("\n")}`;
}
