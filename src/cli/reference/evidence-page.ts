import { evidenceParts } from "../../evidence/schema.ts";
import { fieldTable } from "./field-table.ts";

/** Each part of an evidence file: where it stands, and what it is. */
const SECTIONS = [
  ["evidence", "The file", "All keys are there, and no others."],
  ["host", "host", "The clean host."],
  ["step", "steps", "One of the list."],
  ["phase", "steps: phases", "One of a step's list."],
  ["residue", "residue", "One of the list."],
  ["lastFailure", "lastFailure", "Where the last attempt failed; else the key is null."],
] as const satisfies readonly (readonly [part: keyof typeof evidenceParts, title: string, about: string])[];

/** The reference of evidence files, as a page: made from the schema that reads them. */
export function evidencePage(): string {
  return `${[
    "---",
    "title: Evidence files",
    "description: Every field of the evidence that a proof leaves beside a page, with its kind and meaning.",
    "---",
    "",
    "`runbook verify` writes `evidence/<runbook>@<platform>.json` beside the page; [proof](../authors/proof.md) says how. This",
    "page is made from the schema that `check` reads the files with: whatever breaks it is an error there.",
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
