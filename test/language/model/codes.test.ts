import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CODES, reservedNames } from "../../../src/language/index.ts";
import { parameterSchema, runbookSchema } from "../../../src/language/read/frontmatter/schema.ts";
import { meaningsOf } from "../../../src/schema/shapes.ts";

const reference = readFileSync(join(import.meta.dirname, "../../../content/reference/language.md"), "utf8");

test("every kind of mistake is in a test, with its place", () => {
  const files = globSync(
    join(import.meta.dirname, "../{fixtures/*/diagnostics.txt,check/library.test.ts,../evidence/diagnose.test.ts}"),
  );
  const text = files.map((file) => readFileSync(file, "utf8")).join("\n");
  // Of files rather than of their text.
  const ofFiles = readFileSync(join(import.meta.dirname, "../../library/library.test.ts"), "utf8");
  const ofDialects = readFileSync(join(import.meta.dirname, "../read/dialects.test.ts"), "utf8");
  const missing = Object.keys(CODES).filter(
    (code) =>
      !new RegExp(`\\d (?:error |warning )?${code} `).test(text) &&
      !ofFiles.includes(`"${code}", (file)`) &&
      !new RegExp(`"${code} \\d+"`).test(ofDialects),
  );
  expect(missing).toEqual([]);
});

test("the reference has every code, in the table's order, and every reserved name", () => {
  const rows = Object.entries(CODES).map(([code, { severity, about }]) => `| \`${code}\` | ${severity} | ${about} |`);
  expect(reference).toContain(rows.join("\n"));
  for (const name of reservedNames()) expect(reference).toContain(`\`${name}\``);
});

test.each([
  ["`runbook:`", runbookSchema],
  ["a parameter", parameterSchema],
])("the reference has every key of %s, as its schema means it", (_, schema) => {
  const rows = Object.entries(meaningsOf(schema)).map(([key, meaning]) => `| \`${key}\` | ${meaning} |`);
  expect(reference).toContain(`| key | meaning |\n|---|---|\n${rows.join("\n")}\n`);
});
