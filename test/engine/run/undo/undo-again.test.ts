import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, runPage, undoPage } from "../../support/run-page.ts";

const head = (id: string, requires: string): string =>
  `---\ntitle: ${id}\nrunbook:\n  id: ${id}\n  requires: [${requires}]\n---\n\n`;
const step = (id: string, text: string, guard: string, undo: string): string =>
  `\`\`\`sh step="${id}"\n${text}\n\`\`\`\n\n\`\`\`sh guard="${id}"\n${guard}\n\`\`\`\n\n\`\`\`sh undo="${id}"\n${undo}\n\`\`\`\n\n`;

test("a runbook begun by one run and ended by another is undone as a whole, and holds nothing after that", async () => {
  const { work } = makePlace({});
  const file = (name: string): string => join(work, name);
  const made = (name: string, before = ""): [string, string, string] => [
    `${before}touch ${file(name)}`,
    `[ -e ${file(name)} ]`,
    `rm --force ${file(name)}`,
  ];
  const place = makePlace({
    "base.md": head("base", "") + step("x", ...made("x")),
    "page.md": head("page", "base") + step("a", ...made("a")) + step("b", ...made("b", `[ -e ${file("allowed")} ]\n`)),
  });
  expect((await runPage(place)).result.exitCode).toBe(1);
  writeFileSync(file("allowed"), "");
  expect((await runPage(place)).result.exitCode).toBe(0);
  await undoPage(place, { id: "page", given: new Map(), env: {} });
  expect(["x", "a", "b"].map((name) => existsSync(file(name)))).toEqual([true, false, false]);
  await undoPage(place, { id: "base", given: new Map(), env: {} });
  expect(existsSync(file("x"))).toBe(false);
});
