import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, site } from "./support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test("an address that leads nowhere gets the site's own page for that", async () => {
  const { page, status } = await open(browser, "no/such/page/");
  expect(status).toBe(404);
  expect(await page.locator("h1").textContent()).toBe("No such page");
  await page.getByRole("link", { name: "The front page" }).click();
  await expect.poll(() => page.url()).toBe(site);
  await page.context().close();
});

test("the main job stands above the fold on a telephone", async () => {
  const { page } = await open(browser, "", { viewport: { width: 360, height: 640 } });
  const box = await page.getByText("./runbook exec lxc-new CONTAINER=web1").boundingBox();
  expect((box?.y ?? 1000) + (box?.height ?? 0)).toBeLessThan(640);
  await page.context().close();
});

test.each([
  ["bridge", "a word of the prose"],
  ["VERR_VMX_IN_VMX_ROOT_MODE", "an error message"],
])("search finds %s, %s", async (words) => {
  const { page } = await open(browser, "");
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.locator("#starlight__search input").fill(words);
  const first = page.locator("#starlight__search .pagefind-ui__result").first();
  // The title stands once, and what was found below it.
  expect(await first.locator(".pagefind-ui__result-excerpt").first().textContent()).not.toBe("");
  const titles = (await first.locator(".pagefind-ui__result-link").allTextContents()).map((title) => title.trim());
  expect(titles).toEqual([...new Set(titles)]);
  await page.context().close();
});

test("the comparison is filtered in place, and the address keeps it", async () => {
  const { page } = await open(browser, "compare/");
  const names = () => page.locator("#comparison thead th:visible").allTextContents();
  expect((await names()).length).toBe(10);
  await page.getByLabel("use without root").check();
  await page.getByLabel("a kernel of its own").check();
  expect(new URL(page.url()).searchParams.get("must")).toBe("kernel,rootless");
  const left = (await names()).map((name) => name.trim());
  expect(left).toContain("KVM");
  expect(left).not.toContain("LXC");
  // The cells of a column go with its head.
  expect(await page.locator("#comparison [data-property=licence] td:visible").count()).toBe(left.length);
  const shared = await open(browser, page.url().slice(site.length));
  expect(await shared.page.locator("#comparison-count").textContent()).toBe(`${left.length} of 10 systems`);
  await shared.page.context().close();
  await page.context().close();
});

test("two systems stand side by side, which is what a telephone shows", async () => {
  const { page } = await open(browser, "compare/?a=docker&b=xen", { viewport: { width: 360, height: 640 } });
  expect((await page.locator("#pair-table thead th").allTextContents()).map((name) => name.trim())).toEqual([
    "Docker",
    "Xen",
  ]);
  expect(await page.locator("#pair-table tbody tr").count()).toBe(15);
  await page.context().close();
});

test("the comparison is whole on a wide screen, and on paper in landscape", async () => {
  const { page } = await open(browser, "compare/", { viewport: { width: 1280, height: 900 } });
  const cut = `[...document.querySelectorAll("#comparison, #comparison :is(th, td), .comparison-scroll")].filter((one) =>
    one.getBoundingClientRect().right > document.documentElement.clientWidth || one.scrollWidth > one.clientWidth + 1 ||
    (getComputedStyle(one).overflow !== "visible" && one.scrollHeight > one.clientHeight + 1)).map((one) => one.textContent)`;
  const broken = `[...document.querySelectorAll("#comparison thead a")].filter((one) => one.getClientRects().length > 1)
    .map((one) => one.textContent)`;
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 900 });
    expect(await page.evaluate(cut)).toEqual([]);
    expect(await page.evaluate(broken)).toEqual([]);
  }
  await page.emulateMedia({ media: "print" });
  // A4 in landscape, without its margins.
  await page.setViewportSize({ width: 1047, height: 718 });
  expect(await page.evaluate(cut)).toEqual([]);
  expect(await page.evaluate(broken)).toEqual([]);
  const sizes = `[...new Set([...document.querySelectorAll("#comparison :is(th, td, .cell-note)")].map((one) =>
    getComputedStyle(one).fontSize))]`;
  expect(await page.evaluate<string[]>(sizes)).toHaveLength(1);
  await page.context().close();
});

test("without JavaScript the whole comparison is there", async () => {
  const { page } = await open(browser, "compare/", { javaScriptEnabled: false });
  expect(await page.locator("#comparison thead th").count()).toBe(10);
  expect(await page.locator("#comparison-form").isVisible()).toBe(false);
  await page.context().close();
});
