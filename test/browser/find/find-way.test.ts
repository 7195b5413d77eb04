import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launch, open, site } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

describe("an address that leads nowhere", () => {
  test("says which page may have been meant, and searches for its words", async () => {
    const { page, complaints } = await open(browser, "lxc/lxc-nwe/");
    const first = page.locator("#did-you-mean a").first();
    expect(await first.getAttribute("href")).toBe(`${new URL(site).pathname}lxc/lxc-new/`);
    // The search is not there yet when the button is.
    await page.addInitScript("window.requestIdleCallback = (begin) => setTimeout(begin, 1500)");
    await page.reload();
    await page.getByRole("button", { name: "Search for the words" }).click();
    await page.locator(".pagefind-ui__result-title a").first().waitFor();
    expect(await page.locator("#starlight__search input").inputValue()).toBe("lxc lxc nwe");
    await page.keyboard.press("Escape");
    await first.click();
    await expect.poll(() => page.url()).toBe(`${site}lxc/lxc-new/`);
    // Chromium says of itself that there was no page.
    expect(complaints.filter((one) => !one.includes("404"))).toEqual([]);
    await page.context().close();
  });

  test("leads on without JavaScript, too", async () => {
    const { page } = await open(browser, "no/such/page/", {
      javaScriptEnabled: false,
      colorScheme: "light",
      viewport: { width: 320, height: 640 },
    });
    const width = await page.evaluate<number>("document.documentElement.scrollWidth");
    expect(width).toBeLessThanOrEqual(320);
    // The theme is the system's, and what needs scripts is not there.
    expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    expect(await page.getByRole("button", { name: "Search", exact: true }).isVisible()).toBe(false);
    expect(await page.locator("#did-you-mean").isVisible()).toBe(false);
    expect(await page.getByRole("link", { name: "The front page" }).isVisible()).toBe(true);
    await page.context().close();
  });
});

test("pages lead to the one before and the one after", async () => {
  const { page } = await open(browser, "lxc/lxc-new/");
  const next = page.locator(".pagination-links a[rel=next]");
  const address = await next.getAttribute("href");
  await next.click();
  await expect.poll(() => new URL(page.url()).pathname).toBe(address);
  await page.locator(".pagination-links a[rel=prev]").click();
  await expect.poll(() => page.url()).toBe(`${site}lxc/lxc-new/`);
  await page.context().close();
});

test("the site has a sign of its own", async () => {
  const { page } = await open(browser, "");
  const href = await page.locator("link[rel~=icon]").getAttribute("href");
  const answer = await fetch(new URL(href ?? "", site));
  expect(answer.headers.get("content-type")).toBe("image/svg+xml");
  await page.context().close();
});
