import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { checkPage } from "../src/language/check/page.ts";
import { readPage } from "../src/language/read/read-page.ts";

const root = join(import.meta.dirname, "..");
const readme = readFileSync(join(root, "README.md"), "utf8");

test("the README's step is a page without a mistake", async () => {
  const [, text = ""] = /~~~md\n(.*?)~~~/s.exec(readme) ?? [];
  const page = await readPage(text, { file: "README.md" });
  expect([...page.diagnostics, ...checkPage(page)]).toEqual([]);
  expect(page.runbook?.steps.map(({ id }) => id)).toEqual(["greet"]);
});

test("what the README points at is there", () => {
  const targets = [...readme.matchAll(/\]\(([^)#:]+)\)/g)].map(([, target = ""]) => target);
  expect(targets.length).toBeGreaterThan(3);
  expect(targets.filter((target) => !existsSync(join(root, target)))).toEqual([]);
});
