import { stripVTControlCharacters } from "node:util";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { AxePage, colourRules } from "./support/axe.ts";
import { addressOf, files, launch, listenTo, site } from "./support/browser.ts";

let browser: Browser;
// One for all pages: a new one would load scripts and styles anew.
let page: Page;
let complaints: string[];
beforeAll(async () => {
  browser = await launch();
  page = await (await browser.newContext()).newPage();
  complaints = listenTo(page);
});
afterAll(() => browser?.close());

const texts = new Map<string, Promise<string | undefined>>();

/** The text at an address, undefined where there is none. */
function textAt(url: string): Promise<string | undefined> {
  const text = texts.get(url) ?? fetch(url).then((answer) => (answer.ok ? answer.text() : undefined));
  texts.set(url, text);
  return text;
}

/** The pages' titles and descriptions, by which a search tells them apart. */
const said = new Map<string, string>();

/** Pages on which every rule is asked on a telephone, too. */
const wholly = ["", "lxc/lxc-new/", "docker/", "verbs/hyper-v/"];

const wide = { width: 1280, height: 720 };
const phone = { width: 360, height: 640 };
/** A screen of 640 at twice the size. */
const narrow = { width: 320, height: 640 };

/** The looks whose colours axe has judged on the pages before. */
const seen = new Set<string>();
/** Takes away what stands on every page. */
const frame = "document.querySelector('.sidebar-pane')?.remove()";
/** Takes the colours of code away: each word of it is an element, which axe walks over. */
const plainCode =
  "for (const line of document.querySelectorAll('main .ec-line .code')) line.textContent = line.textContent";

test("the site builds without a warning", () => {
  const log = stripVTControlCharacters(inject("buildLog")).replaceAll(/[├└]─ \/\S*/g, "");
  expect(log).not.toMatch(/warn|error/i);
});

describe.each([
  "",
  "compare/",
  "choose/",
  "proof/",
  "how-to/",
  "verbs/",
  "verbs/esxi/",
  "verbs/hyper-v/",
  ...files.map(addressOf),
])("page /%s", (address) => {
  let status: number | undefined;
  beforeAll(async () => {
    complaints.length = 0;
    await page.setViewportSize(wide);
    status = (await page.goto(site + address, { waitUntil: "load" }))?.status();
  });

  test("is there, says what it is, and has nothing to complain of", async () => {
    expect(status).toBe(200);
    expect(await page.locator("h1").count()).toBe(1);
    expect(await page.locator("h1").textContent()).not.toBe("");
    const title = await page.title();
    const description = (await page.locator("meta[name=description]").getAttribute("content")) ?? "";
    expect(description).not.toBe("");
    for (const text of [title, description]) {
      expect([text, said.get(text)]).toEqual([text, undefined]);
      said.set(text, address);
    }
    expect(complaints).toEqual([]);
  });

  test("no drawing's text leaves its box", async () => {
    const outside = await page.evaluate(`[...document.querySelectorAll(".drawing-picture .box")].flatMap((box) => {
      const { left, right } = box.querySelector("rect").getBoundingClientRect();
      return [...box.querySelectorAll("text")].filter((text) => {
        const place = text.getBoundingClientRect();
        return place.left < left || place.right > right;
      }).map((text) => text.textContent.trim());
    })`);
    expect(outside).toEqual([]);
  });

  test("does not scroll sideways on a narrow screen, nor at twice the size, and its title is whole", async () => {
    // The search and the menu are on the screen, too.
    const lost = `[...document.querySelectorAll("header.header button")].filter((one) => one.offsetWidth > 0 &&
      one.getBoundingClientRect().right > document.documentElement.clientWidth).map((one) => one.textContent)`;
    const cut = `(({ scrollWidth, clientWidth, scrollHeight, clientHeight }) => scrollWidth > clientWidth ||
      scrollHeight > clientHeight + 1)(document.querySelector(".site-title span"))`;
    // What is not laid out yet takes no room to the side.
    await page.locator(".step:not(.laid-out)").first().waitFor({ state: "detached" });
    for (const size of [wide, narrow]) {
      await page.setViewportSize(size);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(size.width);
      expect(await page.evaluate(cut)).toBe(false);
      expect(await page.evaluate(lost)).toEqual([]);
    }
  });

  test("links lead somewhere", async () => {
    const links = await page.evaluate<string[]>("[...document.links].map((link) => link.href)");
    const dead: string[] = [];
    for (const url of new Set(links.filter((link) => link.startsWith(site)))) {
      const [path = "", anchor = ""] = url.split("#");
      const text = await textAt(path);
      const there = !anchor || anchor === "_top" || text?.includes(`id="${decodeURIComponent(anchor)}"`);
      if (!text || !there) dead.push(url);
    }
    expect(dead).toEqual([]);
  });

  test("axe finds nothing, light or dark, wide or narrow, with everything unfolded", async () => {
    await page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
    await page.setViewportSize(wide);
    if (address !== "") await page.evaluate(frame);
    const axe = await AxePage.in(page, seen);
    // The same on every page.
    const frames = address === "" ? [] : [".sidebar-pane", "header.header"];
    const colours = [await axe.colourViolations("light", frames), await axe.colourViolations("dark", frames)];
    await page.evaluate(plainCode);
    const exclude = [...frames, ".ec-line"];
    // The theme changes colours alone.
    const wideScreen = await axe.violations({ exclude, except: colourRules });
    // On a telephone a page's width can newly break two rules: what scrolls may take no focus, and links may lie too close for a finger.
    await page.setViewportSize(phone);
    const only = wholly.includes(address) ? {} : { only: ["scrollable-region-focusable", "target-size"] };
    const phoneScreen = await axe.violations({ exclude, ...only });
    expect([...colours.flat(), ...wideScreen, ...phoneScreen]).toEqual([]);
  });
});
