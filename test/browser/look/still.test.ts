import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, site } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  // Playwright hides the scrollbar, whose coming moves things, too.
  browser = await launch({ ignoreDefaultArgs: ["--hide-scrollbars"] });
});
afterAll(() => browser?.close());

/** By how much what is seen of a page moves while it comes over a slow line, as Chromium counts it. */
async function shiftOf(address: string, viewport: { width: number; height: number }): Promise<number> {
  const context = await browser.newContext({ viewport });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send("Network.enable");
  const network = { offline: false, latency: 150, downloadThroughput: 200_000, uploadThroughput: 90_000 };
  await session.send("Network.emulateNetworkConditions", network);
  await page.addInitScript(`self.shift = 0; new PerformanceObserver((list) => {
    for (const { value } of list.getEntries()) self.shift += value;
  }).observe({ type: "layout-shift", buffered: true })`);
  await page.goto(site + address, { waitUntil: "load" });
  await page.waitForTimeout(300);
  const shift = await page.evaluate<number>("self.shift");
  await context.close();
  return shift;
}

test.each(["", "docker/", "compare/", "lxc/lxc-new/", "verbs/"])(
  "nothing on /%s jumps while it loads",
  async (address) => {
    expect(await shiftOf(address, { width: 1350, height: 940 })).toBeLessThan(0.05);
    expect(await shiftOf(address, { width: 412, height: 823 })).toBeLessThan(0.05);
  },
);
