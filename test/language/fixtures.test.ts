import { globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { describe, expect, test } from "vitest";
import { checkLibrary, checkPage, type Diagnostic, type Page, readPage } from "../../src/language/index.ts";
import { brief } from "./brief.ts";

const folder = join(import.meta.dirname, "fixtures");
const update = process.env["UPDATE_FIXTURES"] === "1";

/** All that is wrong with a page that stands alone, a line each. */
function findings(page: Page): Diagnostic[] {
  return [...page.diagnostics, ...checkPage(page), ...checkLibrary([page])];
}

function line({ span, severity, code, message, hint, mend }: Diagnostic): string {
  const parts = [brief(span), severity, code, message, hint && `| ${hint}`];
  if (mend) parts.push(`| mend ${brief(mend.span)} ${JSON.stringify(mend.text)}`);
  return parts.filter(Boolean).join(" ");
}

function compare(file: string, actual: string): void {
  if (update) writeFileSync(file, actual);
  expect(actual).toBe(readFileSync(file, "utf8"));
}

describe.each(globSync(join(folder, "*/input.{md,mdx}")).sort())("%s", (input) => {
  const at = dirname(input);
  const text = readFileSync(input, "utf8");
  const only = /\.(mdx?)$/.exec(basename(at))?.[1];
  const kinds = (only ? [only] : ["md", "mdx"]).flatMap((kind) => [
    { kind, ends: "LF", text },
    { kind, ends: "CRLF", text: text.replaceAll("\n", "\r\n") },
  ]);
  test.each(kinds)("as $kind with $ends", async ({ kind, text }) => {
    const page = await readPage(text, { file: `page.${kind}` });
    const runbook = page.runbook && { ...page.runbook, file: "page" };
    compare(join(at, "runbook.json"), `${JSON.stringify(brief(runbook ?? null), null, 2)}\n`);
    compare(
      join(at, "diagnostics.txt"),
      findings(page)
        .map((found) => `${line(found)}\n`)
        .join(""),
    );
  });
});
