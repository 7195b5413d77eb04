import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { Served } from "../cli/serve/serve-process.ts";
import { launch } from "./support/browser.ts";
import { base, built } from "./support/build-site.ts";

// The page is the site's own; what it runs is not: steps of the same names that change nothing.
const content = `---
title: Container
runbook:
  id: lxc-new
---

\`\`\`sh step="create"
echo "made in a moment"
\`\`\`

\`\`\`sh guard="create"
false
\`\`\`

\`\`\`sh step="network"
false
\`\`\`

\`\`\`sh guard="network"
false
\`\`\`
`;

let browser: Browser;
let root: string;
let served: Served;

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "runbook-serve-"));
  mkdirSync(join(root, "content"));
  writeFileSync(join(root, "content/lxc-new.md"), content);
  browser = await launch();
  served = new Served(root, built);
  await served.start();
});

afterAll(async () => {
  await served.kill("SIGTERM");
  await browser.close();
  rmSync(root, { recursive: true, force: true });
});

test("the built site runs by `runbook serve`, on a desktop and a phone", async () => {
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 } })).newPage();
  const complaints = await served.open(page, `${base}lxc/lxc-new/`);
  // Run all is seen without scrolling, and each step has its buttons.
  const runAll = page.getByRole("button", { name: "Run all" });
  expect((await runAll.boundingBox())?.y).toBeLessThan(700);
  const cards = await page.locator(".step[data-step]").count();
  expect(cards).toBeGreaterThan(5);
  expect(await page.locator(".step[data-step]").getByRole("button", { name: /^Run / }).count()).toBe(cards);
  await page.getByLabel("Open a shell where a step fails").check();
  await runAll.click();
  await page.locator("[data-step=create] .serve-output").getByText("made in a moment").waitFor();
  const shell = page.locator("[data-step=network] .serve-terminal");
  await shell
    .getByText(/\(lxc-new\/network\)/)
    .first()
    .waitFor();
  await page.keyboard.type("echo $((6 * 7)) answers");
  await page.keyboard.press("Enter");
  await shell.locator(".xterm-rows").getByText("42 answers").waitFor();
  // The site's rules for prose would space the rows out, so that the last ones are cut off.
  const heights = await shell
    .locator(".xterm-rows > div")
    .evaluateAll((rows) => rows.map((row) => row.getBoundingClientRect().bottom));
  expect(heights.at(-1)).toBeLessThanOrEqual((await shell.boundingBox().then((box) => box && box.y + box.height)) ?? 0);
  const { violations } = await new AxeBuilder({ page }).include(".serve-bar").include("[data-step=network]").analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ target }) => target)])).toEqual([]);
  expect(complaints).toEqual([]);
  await page.setViewportSize({ width: 390, height: 844 });
  expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(390);
  await page.getByRole("button", { name: "Close the shell" }).click();
  await page.getByText(/^Run .*: failed$/).waitFor();
  await page.context().close();
});
