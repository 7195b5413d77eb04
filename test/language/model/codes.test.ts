import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { CODES, reservedNames } from "../../../src/language/index.ts";

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
