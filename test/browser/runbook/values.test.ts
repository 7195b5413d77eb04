import { expect, test } from "vitest";
import { open } from "../support/browser.ts";
import { provedPage, useProofSite } from "../support/proof-site.ts";

const proofSite = useProofSite();

test("an empty value has its place, at a line's end too, and colours stay", async () => {
  const { page } = await open(proofSite.browser, provedPage, {}, proofSite.served.address);
  const colours = () => page.locator('figure[data-block="create"] .ec-line span[style]').count();
  const before = await colours();
  await page.locator("#values summary").click();
  await page.getByLabel("NOTE").fill("hello");
  const written = await page.locator('figure[data-block="write"] .ec-line').allTextContents();
  expect(written[0]?.trimEnd()).toBe("note = hello");
  expect(await page.locator('figure[data-block="create"]').textContent()).toContain('--note "hello" vim');
  expect(await page.locator('figure[data-block="create"] .value.given').allTextContents()).toEqual(["hello"]);
  expect(await colours()).toBe(before);
  // Typing changes texts and makes none, and leaves what is out of sight to later: else each keystroke would cost a layout.
  const texts = `[...document.querySelectorAll("[data-slot]")].map((mark) => document.createTreeWalker(mark, 4).nextNode())`;
  await page.evaluate(`window.texts = ${texts}`);
  await page.getByLabel("NAME").fill("other");
  expect(await page.evaluate(`${texts}.every((text, index) => text === window.texts[index])`)).toBe(true);
  const style = `getComputedStyle(document.querySelector('[data-step="tell"]')).contentVisibility`;
  expect(await page.evaluate(style)).toBe("auto");
  await page.getByLabel("NOTE").fill("");
  expect(await page.locator('figure[data-block="create"]').textContent()).toContain('--note "" vim');
  await page.context().close();
});
