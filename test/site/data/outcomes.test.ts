import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Runbook, readPage } from "../../../src/language/index.ts";
import { outcomes } from "../../../src/site/data/outcome/outcomes.ts";

const content = join(import.meta.dirname, "../../../content");
const files = globSync("**/*.{md,mdx}", { cwd: content });
const pages = new Set(files.map((file) => file.replace(/(\/?index)?\.mdx?$/, "")));
const read = await Promise.all(
  files.map(async (file) => (await readPage(readFileSync(join(content, file), "utf8"), { file })).runbook),
);
const runbooks = new Map(read.flatMap((runbook): [string, Runbook][] => (runbook ? [[runbook.id, runbook]] : [])));

test.each(Object.entries(outcomes))("what %s leaves names what there is", (id, { has, stop, deletes, next, fails }) => {
  const runbook = runbooks.get(id);
  const names = Array.from(`${has} ${stop} ${deletes}`.matchAll(/\$([A-Z_]+)/g), ([, name]) => name);
  expect(runbook?.params.map(({ name }) => name)).toEqual(expect.arrayContaining(names));
  if (next) expect([...runbooks.keys(), ...pages]).toContain(next);
  expect(runbook?.steps.map((step) => step.id)).toEqual(expect.arrayContaining(Object.keys(fails ?? {})));
  expect([...pages]).toEqual(expect.arrayContaining(Object.values(fails ?? {}).flat()));
});
