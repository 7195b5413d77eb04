import { stripVTControlCharacters } from "node:util";
import AxeBuilder from "@axe-core/playwright";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { addressOf, files, launch, type Opened, open, site } from "./support.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
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

/** Pages on which every word of code is looked at, too. */
const wholly = ["lxc/lxc-new/", "docker/", "verbs/hyper-v/"];

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
  let opened: Opened;
  beforeAll(async () => {
    opened = await open(browser, address);
  });
  afterAll(() => opened?.page.context().close());

  test("is there, says what it is, and has nothing to complain of", async () => {
    const { page, status, complaints } = opened;
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

  // Expressive Code sees to the contrast of its colours, and to look at each word of code takes seconds a page.
  test("axe finds nothing, light or dark, wide or narrow, with everything unfolded", { timeout: 60_000 }, async () => {
    const { page } = opened;
    await page.evaluate("for (const one of document.querySelectorAll('main details')) one.open = true");
    // Without frames there is no need for axe's second page. The list of contents is the same on every page.
    const axe = () => {
      const builder = new AxeBuilder({ page }).options({ resultTypes: ["violations"] }).setLegacyMode();
      if (!wholly.includes(address)) builder.exclude(".ec-line");
      return address === "" ? builder : builder.exclude(".sidebar-pane").exclude("header.header");
    };
    await page.evaluate("document.documentElement.dataset.theme = 'light'");
    const light = await axe().analyze();
    await page.evaluate("document.documentElement.dataset.theme = 'dark'");
    const dark = await axe()
      .options({ runOnly: ["color-contrast"], resultTypes: ["violations"] })
      .analyze();
    await page.setViewportSize({ width: 360, height: 640 });
    const narrow = await axe().analyze();
    const violations = [...light.violations, ...dark.violations, ...narrow.violations];
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  });

  test("no drawing's text leaves its box", async () => {
    const outside =
      await opened.page.evaluate(`[...document.querySelectorAll(".drawing-picture .box")].flatMap((box) => {
      const { left, right } = box.querySelector("rect").getBoundingClientRect();
      return [...box.querySelectorAll("text")].filter((text) => {
        const place = text.getBoundingClientRect();
        return place.left < left || place.right > right;
      }).map((text) => text.textContent.trim());
    })`);
    expect(outside).toEqual([]);
  });

  test("does not scroll sideways on a telephone", async () => {
    await opened.page.setViewportSize({ width: 360, height: 640 });
    expect(await opened.page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(360);
  });

  test("links lead somewhere", async () => {
    const links = await opened.page.evaluate<string[]>("[...document.links].map((link) => link.href)");
    const dead: string[] = [];
    for (const url of new Set(links.filter((link) => link.startsWith(site)))) {
      const [path = "", anchor = ""] = url.split("#");
      const text = await textAt(path);
      const there = !anchor || anchor === "_top" || text?.includes(`id="${decodeURIComponent(anchor)}"`);
      if (!text || !there) dead.push(url);
    }
    expect(dead).toEqual([]);
  });
});
