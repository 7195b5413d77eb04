import AxeBuilder from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launch, open, site } from "../support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
afterAll(() => browser?.close());

const phone = { viewport: { width: 360, height: 640 }, hasTouch: true, isMobile: true };

/** A page with words of the glossary, its first one, and where previews stand. */
async function openTerms(options: BrowserContextOptions = {}, address = "kvm/") {
  const { page, complaints } = await open(browser, address, options);
  const terms = page.locator("a.term");
  return { page, complaints, terms, first: terms.first(), preview: page.locator(".term-preview") };
}

/** Puts the pointer in the page's corner, away from all words. */
async function moveAway(page: Page): Promise<void> {
  await page.mouse.move(1, 1);
}

/** Goes to a word as the Tab key does. */
async function tabTo(page: Page, number: number): Promise<void> {
  await page.keyboard.press("Tab");
  await page.locator("a.term").nth(number).focus();
}

test("a word leads to its entry", async () => {
  const { page, first } = await openTerms({ javaScriptEnabled: false });
  expect(await first.getAttribute("href")).toBe(`${new URL("glossary/#hypervisor", site).pathname}#hypervisor`);
  await first.click();
  expect(page.url()).toBe(`${site}glossary/#hypervisor`);
  expect(await page.locator("#hypervisor").textContent()).toBe("hypervisor");
});

test("each word is linked once a page, and its description is on the page, unseen", async () => {
  const { page, terms } = await openTerms({ javaScriptEnabled: false });
  const anchors = await terms.evaluateAll((links) => links.map((link) => (link as { href?: string }).href));
  expect(anchors.length).toBeGreaterThan(5);
  expect(new Set(anchors).size).toBe(anchors.length);
  expect(await page.locator("h1 .term, h2 .term, h3 .term, code .term, a a, .expressive-code .term").count()).toBe(0);
  for (const term of await terms.all()) {
    const text = page.locator(`[id="${await term.getAttribute("aria-describedby")}"]`);
    expect((await text.textContent())?.length).toBeGreaterThan(30);
    expect(await text.isVisible()).toBe(false);
  }
});

describe("by mouse", () => {
  test("a preview comes after a moment, stays while the pointer is on it, and goes with the pointer", async () => {
    const { page, first, preview, complaints } = await openTerms();
    await first.hover();
    await preview.waitFor();
    expect(await preview.textContent()).toContain("shares one machine among guests");
    const box = await preview.boundingBox();
    if (!box) throw new Error("the preview is nowhere");
    // The way from the word to the preview is not left.
    await page.mouse.move(box.x + 40, box.y - 2, { steps: 3 });
    await page.mouse.move(box.x + 40, box.y + 20, { steps: 3 });
    await page.waitForTimeout(600);
    expect(await preview.isVisible()).toBe(true);
    await moveAway(page);
    await expect.poll(() => preview.count()).toBe(0);
    expect(complaints).toEqual([]);
  });

  test("passing over a word shows nothing", async () => {
    const { page, first, preview } = await openTerms();
    await first.hover();
    await moveAway(page);
    await page.waitForTimeout(500);
    expect(await preview.count()).toBe(0);
  });

  test("Escape takes the preview away, and a click leads to the entry", async () => {
    const { page, first, preview } = await openTerms();
    await first.hover();
    await preview.waitFor();
    await page.keyboard.press("Escape");
    expect(await preview.count()).toBe(0);
    await first.click();
    await expect.poll(() => page.url()).toBe(`${site}glossary/#hypervisor`);
  });
});

describe("by keyboard", () => {
  test("focus shows the preview, Escape hides it, and the word stays focused", async () => {
    const { page, preview } = await openTerms();
    await tabTo(page, 0);
    expect(await preview.isVisible()).toBe(true);
    await page.keyboard.press("Escape");
    expect(await preview.count()).toBe(0);
    expect(await page.evaluate("document.activeElement.hash")).toBe("#hypervisor");
    await page.keyboard.press("Enter");
    await expect.poll(() => page.url()).toBe(`${site}glossary/#hypervisor`);
  });

  test("Tab goes on past the preview, which has no stop of its own", async () => {
    const { page, preview } = await openTerms();
    await tabTo(page, 0);
    const next = `(() => {
      const stops = [...document.querySelectorAll("main a[href], main button, main summary")]
        .filter((stop) => stop.checkVisibility() && stop.tabIndex >= 0 && !stop.closest(".term-preview"));
      return stops[stops.indexOf(document.activeElement) + 1].outerHTML;
    })()`;
    const expected = await page.evaluate(next);
    await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.outerHTML")).toBe(expected);
    const isTerm = await page.evaluate("document.activeElement.classList.contains('term')");
    expect(await preview.count()).toBe(isTerm ? 1 : 0);
  });
});

describe("by touch", () => {
  test("the first tap shows the preview, whose link leads to the entry", async () => {
    const { page, first, preview, complaints } = await openTerms(phone);
    await first.tap();
    await preview.waitFor();
    expect(page.url()).toBe(`${site}kvm/`);
    await preview.getByRole("link", { name: "In the glossary" }).tap();
    await expect.poll(() => page.url()).toBe(`${site}glossary/#hypervisor`);
    expect(complaints).toEqual([]);
  });

  test("a second tap on the word leads there too, and a tap elsewhere closes", async () => {
    const { page, first, preview } = await openTerms(phone);
    await first.tap();
    await preview.waitFor();
    await page.locator("main .sl-markdown-content h2").first().tap();
    expect(await preview.count()).toBe(0);
    await first.tap();
    await preview.waitFor();
    await first.tap();
    await expect.poll(() => page.url()).toBe(`${site}glossary/#hypervisor`);
  });

  test("every preview stands inside a narrow window, and the page does not scroll sideways", async () => {
    const { page, terms, preview } = await openTerms(phone);
    for (const term of await terms.all()) {
      await term.tap();
      const box = await preview.boundingBox();
      expect(box?.x).toBeGreaterThanOrEqual(0);
      expect((box?.x ?? 0) + (box?.width ?? 1000)).toBeLessThanOrEqual(360);
      const word = await term.boundingBox();
      expect(box && word && (box.y >= word.y + 10 || box.y + box.height <= word.y + word.height)).toBe(true);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
      await page.keyboard.press("Escape");
    }
  });
});

test.each(["light", "dark"] as const)("axe finds nothing with a preview open, %s", async (colorScheme) => {
  const { page, preview } = await openTerms({ colorScheme });
  await tabTo(page, 0);
  await preview.waitFor();
  await page.waitForTimeout(300);
  const { violations } = await new AxeBuilder({ page }).include("main").setLegacyMode().analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
});

test("nothing moves for who asks for that", async () => {
  const { page, preview } = await openTerms({ reducedMotion: "reduce" });
  await tabTo(page, 0);
  const moves = `getComputedStyle(document.querySelector(".term-preview")).transitionDuration`;
  expect(await preview.isVisible()).toBe(true);
  expect(await page.evaluate(moves)).toBe("0s");
});

test("the glossary links none of its own words, and shows no comment", async () => {
  const { page, terms } = await openTerms({}, "glossary/");
  expect(await terms.count()).toBe(0);
  expect(await page.locator(".terms").count()).toBe(0);
  expect(await page.locator("main .sl-markdown-content").innerHTML()).not.toContain("<!--");
});
