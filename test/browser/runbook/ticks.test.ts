import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, site } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const address = "lxc/lxc-new/";
const box = (page: Page, step: string) => page.getByRole("checkbox", { name: `Done: ${step}`, exact: true });
const code = (page: Page, step: string) => page.locator(`figure[data-block="${step}"]`);

async function expectProgress(page: Page, done: number): Promise<void> {
  const steps = await page.locator("[data-step]").count();
  expect(await page.locator("#ticks-said").textContent()).toBe(`${done} of ${steps} steps done`);
}

test("a step is ticked off by keyboard, counted, kept, and unticked with all others", async () => {
  const { page, complaints } = await open(browser, address);
  await expectProgress(page, 0);
  await box(page, "create").focus();
  await page.keyboard.press("Space");
  await box(page, "start").check();
  await expectProgress(page, 2);
  expect(await page.getByRole("progressbar").getAttribute("value")).toBe("2");
  await page.reload();
  expect(await box(page, "create").isChecked()).toBe(true);
  expect(await box(page, "network").isChecked()).toBe(false);
  await page.getByRole("button", { name: "Untick all" }).click();
  expect(await page.locator("[data-tick]:checked").count()).toBe(0);
  await page.reload();
  await expectProgress(page, 0);
  expect(complaints).toEqual([]);
  await page.context().close();
});

test("a ticked step folds its commands away, shows them on demand and where a link leads to it", async () => {
  const { page } = await open(browser, address);
  await box(page, "create").check();
  expect(await code(page, "create").isVisible()).toBe(false);
  expect(await page.getByRole("heading", { name: "create" }).first().isVisible()).toBe(true);
  const fold = page.getByRole("button", { name: "Commands of create" });
  expect(await fold.getAttribute("aria-expanded")).toBe("false");
  await fold.press("Enter");
  expect(await code(page, "create").isVisible()).toBe(true);
  expect(await fold.getAttribute("aria-expanded")).toBe("true");
  await fold.click();
  expect(await code(page, "create").isVisible()).toBe(false);
  await page.evaluate("location.hash = 'create'");
  await code(page, "create").waitFor({ state: "visible" });
  await box(page, "create").uncheck();
  expect(await code(page, "create").isVisible()).toBe(true);
  await page.context().close();
});

test("ticks belong to a step as it is: one that changed is open again", async () => {
  const { page } = await open(browser, address);
  await box(page, "create").check();
  const kept = await page.evaluate<string>("localStorage.getItem('ticks lxc-new')");
  expect(JSON.parse(kept)).toEqual([expect.stringMatching(/^[0-9a-f]{13}$/)]);
  await page.evaluate("localStorage.setItem('ticks lxc-new', JSON.stringify(['0123456789abc']))");
  await page.reload();
  expect(await page.locator("[data-tick]:checked").count()).toBe(0);
  await page.evaluate("localStorage.setItem('ticks lxc-new', 'no JSON')");
  await page.reload();
  await expectProgress(page, 0);
  await page.context().close();
});

test("ticks belong to the values: another container starts without any", async () => {
  const { page } = await open(browser, address);
  await box(page, "create").check();
  await page.locator("#values summary").click();
  await page.getByLabel("CONTAINER").fill("web1");
  await expectProgress(page, 0);
  await box(page, "start").check();
  await page.getByRole("button", { name: "Reset all" }).click();
  await expectProgress(page, 1);
  expect(await box(page, "create").isChecked()).toBe(true);
  await page.goto(`${site}${address}?CONTAINER=web1`);
  expect(await box(page, "create").isChecked()).toBe(false);
  expect(await box(page, "start").isChecked()).toBe(true);
  await page.context().close();
});

test("without JavaScript there is nothing to tick", async () => {
  const { page } = await open(browser, address, { javaScriptEnabled: false });
  expect(await page.locator("[data-tick]").first().isVisible()).toBe(false);
  expect(await page.locator("progress").isVisible()).toBe(false);
  await page.context().close();
});

test("the contents list has the steps, in order", async () => {
  const { page } = await open(browser, address);
  const steps = await page
    .locator("[data-step]")
    .evaluateAll((cards) => cards.map((card) => `#${card.dataset["step"]}`));
  const links = await page
    .locator("starlight-toc a")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href") ?? ""));
  expect(links.filter((link) => steps.includes(link))).toEqual(expect.arrayContaining(steps));
  const first = links.filter((link) => steps.includes(link)).slice(0, steps.length);
  expect(first).toEqual(steps);
  await page.context().close();
});
