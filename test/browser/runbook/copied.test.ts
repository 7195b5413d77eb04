import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import type { Page } from "playwright";
import { beforeAll, expect, test } from "vitest";
import { copiedScript, copySource } from "../../../src/language/copied/copied-script.ts";
import { copyOf } from "../../../src/language/copied/copy.ts";
import { pageData } from "../../../src/language/copied/page-data.ts";
import { type Runbook, readPage, shownText } from "../../../src/language/index.ts";
import { copiedBy, type Opened, open } from "../support/browser.ts";
import { provedPage, useProofSite } from "../support/proof-site.ts";

const fields = ["NAME", "NOTE", "KEY", "WORDS"];
const proofSite = useProofSite();
let opened: Opened;
let runbook: Runbook;

beforeAll(async () => {
  const permissions = ["clipboard-read", "clipboard-write"];
  opened = await open(proofSite.browser, provedPage, { permissions }, proofSite.served.address);
  await opened.page.locator("#values summary").click();
  const read = await readPage(readFileSync(join(import.meta.dirname, "../fixtures/proof/machine.md"), "utf8"), {
    file: "machine.md",
  });
  if (!read.runbook) throw new Error("no runbook");
  runbook = read.runbook;
});

const shownSteps = `Object.fromEntries([...document.querySelectorAll("[data-step]")].map((card) => [
  card.dataset.step,
  [...card.querySelector("figure").querySelectorAll(".ec-line .code")]
    .map((line) => line.querySelector("[data-slot]") ? line.textContent : line.textContent.replace(/\\n$/, ""))
    .join("\\n"),
]))`;

const special = fc.constantFrom(
  ..."$`\"'\\!*?[]{}~#&|;<>()^ \t=:,%-\u00a0".split(""),
  "$(touch x)",
  "${NAME}",
  "<img src=x onerror=alert(1)>",
  "&amp;",
  "EOF",
  "é",
  "𝒳",
  "x",
);
const value = fc.oneof(
  fc.array(special, { maxLength: 6 }).map((parts) => parts.join("")),
  fc.constantFrom("", "-n", "--", "web1", "10.0.3.2/24", "a b", "STEPS", "'; rm -rf /", '"; id; "'),
);
const lines = fc.array(fc.oneof(special, fc.constantFrom("\n", "\nEOF\n", "\nSTEPS\n")), { maxLength: 6 });
const given = fc.record({
  NAME: value,
  NOTE: value,
  KEY: fc.oneof(
    lines.map((parts) => parts.join("")),
    value,
  ),
  WORDS: fc.oneof(fc.constantFrom("", "vim", "vim zsh"), value),
});

/** Types values, and gives those that the fields then hold: a line has no line feed. */
async function type(page: Page, values: Record<string, string>): Promise<Record<string, string>> {
  for (const [name, text] of Object.entries(values)) await page.locator(`#value-${name}`).fill(text);
  const names = JSON.stringify(fields);
  const read = await page.evaluate<[string, string][]>(
    `${names}.map((name) => [name, document.getElementById("value-" + name).value])`,
  );
  return Object.fromEntries(read);
}

// That these texts give every program the arguments of the executed steps: test/language/copied/copied-values.test.ts.
test("for any values, the page shows and copies the texts that the language makes of them", async () => {
  const { page, complaints } = opened;
  const elements = () => page.evaluate<number>("document.querySelectorAll('main img, main b, main script').length");
  const before = await elements();
  const data = pageData(runbook);
  const blocks = new Map(data.blocks);
  await fc.assert(
    fc.asyncProperty(given, async (wanted) => {
      const values = await type(page, wanted);
      const known = new Map(Object.entries(values));
      const chosen = new Map([...known].filter(([name, text]) => text !== defaultOf(name)));
      const source = copySource(data, chosen);
      const shown = await page.evaluate<Record<string, string>>(shownSteps);
      for (const step of runbook.steps) {
        expect(shown[step.id]?.replace(/ +$/gm, "")).toBe(shownText(step, known).replace(/ +$/gm, ""));
        const block = blocks.get(step.id);
        const copied = await copiedBy(page, `figure[data-block="${step.id}"] .copy button`);
        expect(copied).toBe(block && copyOf(block, source, blocks.get(`${step.id}:enter`)));
      }
      expect(await copiedBy(page, '[data-copies="script"]')).toBe(copiedScript(data, chosen));
      expect(await elements()).toBe(before);
    }),
    { numRuns: 12, endOnFailure: true },
  );
  expect(complaints).toEqual([]);
});

/** What a field stands for where it is not given. */
function defaultOf(name: string): string {
  const value = runbook.params.find((parameter) => parameter.name === name)?.default;
  return typeof value === "string" ? value : "";
}

test("a link that is shared brings any values, reset takes them away, and pasted ones stay text", async () => {
  const { page } = opened;
  const hostile = { NAME: `'"$(id)`, NOTE: "<b>&amp;", KEY: "a\n'b'\n", WORDS: "--x *" };
  const query = new URLSearchParams(hostile);
  const { page: shared, complaints } = await open(
    proofSite.browser,
    `${provedPage}?${query}`,
    {},
    proofSite.served.address,
  );
  const step = runbook.steps.find(({ id }) => id === "create");
  const shown = await shared.evaluate<Record<string, string>>(shownSteps);
  expect(step && shownText(step, new Map(Object.entries(hostile)))).toBe(shown["create"]);
  expect(await shared.locator("#value-KEY").inputValue()).toBe(hostile.KEY);
  await shared.getByRole("button", { name: "Reset all" }).click();
  expect(new URL(shared.url()).search).toBe("");
  const plain = await open(proofSite.browser, provedPage, {}, proofSite.served.address);
  expect(await shared.evaluate(shownSteps)).toEqual(await plain.page.evaluate(shownSteps));
  expect(complaints).toEqual([]);
  for (const one of [shared, plain.page]) await one.context().close();
  await page.evaluate(`navigator.clipboard.writeText(${JSON.stringify(hostile.NOTE)})`);
  await page.locator("#value-NOTE").fill("");
  await page.locator("#value-NOTE").focus();
  await page.keyboard.press("Control+V");
  expect(await page.locator('figure[data-block="create"] .value').nth(1).textContent()).toBe(hostile.NOTE);
});
