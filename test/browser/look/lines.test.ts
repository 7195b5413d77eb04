import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test("on a phone, a command goes on further in, and the lines to type break between words only", async () => {
  const { page } = await open(browser, "lxc/lxc-new/?CONTAINER=a-name-of-some-length&ADDRESS=10.0.3.21/24", {
    viewport: { width: 360, height: 740 },
  });
  await page.locator("[data-line] .word", { hasText: "CONTAINER=" }).first().waitFor();
  const [wrapped, outdented, broken] = await page.evaluate<number[][]>(`(() => {
    const startsOf = (element) => {
      const range = document.createRange();
      range.selectNodeContents(element);
      const lefts = new Map();
      for (const { left, bottom, width } of range.getClientRects()) {
        const line = Math.round(bottom / 8);
        if (width > 0) lefts.set(line, Math.min(lefts.get(line) ?? Infinity, left));
      }
      return [...lefts.values()];
    };
    const lines = [...document.querySelectorAll(".step > .expressive-code .ec-line .code")].map(startsOf);
    const wrapped = lines.filter((starts) => starts.length > 1);
    const words = [...document.querySelectorAll("[data-line] .word")];
    const isBroken = (word) => word.offsetWidth < word.parentElement.offsetWidth - 40 && startsOf(word).length > 1;
    return [[wrapped.length], [wrapped.filter(([first, second]) => second <= first).length], [words.filter(isBroken).length]];
  })()`);
  expect(wrapped?.[0]).toBeGreaterThan(5);
  expect(outdented).toEqual([0]);
  expect(broken).toEqual([0]);
  await page.context().close();
});

test("the table of proofs is whole on a wide screen", async () => {
  const { page } = await open(browser, "proof/", { viewport: { width: 1600, height: 900 } });
  const [shown, whole] = await page
    .locator(".proof-scroll")
    .evaluate((frame) => [frame.clientWidth, frame.scrollWidth]);
  expect(whole).toBe(shown);
  await page.context().close();
});
