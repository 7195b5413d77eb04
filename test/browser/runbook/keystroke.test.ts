import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { launch, open } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

test("a keystroke changes what has the value in it, and nothing else: what is set anew costs a layout, and may be read aloud", async () => {
  const { page } = await open(browser, "lxc/lxc-new/?CONTAINER=web");
  await page.locator("#value-CONTAINER").focus();
  await page.waitForLoadState("networkidle");
  const changed = await page.evaluate<{ values: number; others: string[] }>(`(async () => {
    const field = document.getElementById("value-CONTAINER");
    const type = async (letter) => {
      field.value += letter;
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
    };
    await type("1");
    const records = [];
    const observer = new MutationObserver((all) => records.push(...all));
    observer.observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
    await type("2");
    records.push(...observer.takeRecords());
    const elements = records.map(({ target }) => (target instanceof Element ? target : target.parentElement));
    const others = elements.filter((one) => !one.closest("[data-slot], [data-value], .word"));
    return { values: elements.length, others: others.map((one) => one.id || one.className) };
  })()`);
  expect(changed.values).toBeGreaterThan(20);
  expect(changed.others).toEqual([]);
  await page.context().close();
});
