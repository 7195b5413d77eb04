import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open, site } from "./support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const wide = { viewport: { width: 1350, height: 900 } };
const phone = { viewport: { width: 412, height: 823 } };

/** A page on which what waits for an idle browser waits for `globalThis.idle`. */
async function busy(address: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser.newContext(options)).newPage();
  await page.addInitScript(`{
    const waiting = [];
    globalThis.requestIdleCallback = (then) => waiting.push(then);
    globalThis.idle = () => { while (waiting.length > 0) waiting.shift()({ timeRemaining: () => 1, didTimeout: false }); };
  }`);
  await page.goto(site + address);
  return page;
}

const skipped = `[...document.querySelectorAll(".step")].filter((card) => getComputedStyle(card).contentVisibility === "auto").length`;

test("the cards outside the window wait for an idle browser, and then all are laid out", async () => {
  const page = await busy("lxc/lxc-new/", phone);
  expect(await page.evaluate(skipped)).toBe(await page.locator(".step").count());
  await page.evaluate("idle()");
  expect(await page.evaluate(skipped)).toBe(0);
  await page.context().close();
});

test("who comes for one step, or goes to one, has all cards laid out at once, so that it stays where it is", async () => {
  const page = await busy("lxc/lxc-new/#resolver", wide);
  expect(await page.evaluate(skipped)).toBe(0);
  await page.context().close();
  const other = await busy("lxc/lxc-new/", wide);
  await other.locator('starlight-toc a[href="#resolver"]').click();
  expect(await other.evaluate(skipped)).toBe(0);
  await other.context().close();
});

test("without scripts every card is laid out", async () => {
  const { page } = await open(browser, "lxc/lxc-new/", { ...phone, javaScriptEnabled: false });
  // Playwright evaluates where the page's own scripts don't run.
  expect(await page.evaluate(skipped)).toBe(0);
  await page.context().close();
});

test("the list of headings looks at no more than what it lists", async () => {
  const page = await (await browser.newContext(phone)).newPage();
  await page.addInitScript(`{
    const { observe } = IntersectionObserver.prototype;
    globalThis.observed = 0;
    IntersectionObserver.prototype.observe = function (one) {
      globalThis.observed++;
      observe.call(this, one);
    };
  }`);
  await page.goto(`${site}verbs/`);
  await page.locator('mobile-starlight-toc a[aria-current="true"]').waitFor({ state: "attached" });
  const listed = await page.locator("starlight-toc a, mobile-starlight-toc a").count();
  expect(await page.evaluate("observed")).toBeLessThanOrEqual(listed);
  await page.context().close();
});

test.each([
  ["topics/isolation/", "#machines"],
  ["lxc/lxc-new/", "#resolver"],
])(
  "on %s the list of headings marks %s when it is read, on both screens, and the title at the top",
  async (address, hash) => {
    for (const [options, list] of [
      [wide, "starlight-toc"],
      [phone, "mobile-starlight-toc"],
    ] as const) {
      const { page } = await open(browser, address, options);
      const marked = page.locator(`${list} a[aria-current="true"]`);
      await page.locator(".step:not(.laid-out)").first().waitFor({ state: "detached" });
      await page.evaluate(`document.querySelector('${hash}').scrollIntoView()`);
      await marked.and(page.locator(`[href="${hash}"]`)).waitFor({ state: "attached" });
      if (list !== "starlight-toc") {
        expect(await page.locator(".display-current").textContent()).toBe(await marked.textContent());
      }
      await page.evaluate("scrollTo(0, 0)");
      await marked.and(page.locator('[href="#_top"]')).waitFor({ state: "attached" });
      await page.context().close();
    }
  },
);
