import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { addressOf, files, launch, open, site } from "./support/browser.ts";
import { base, built } from "./support/build-site.ts";
import { buildProofSite } from "./support/proof-site.ts";
import { deadReferences, referencesIn } from "./support/references.ts";

describe("built for a path", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await launch();
  });
  afterAll(() => browser?.close());

  test("every link, asset, anchor and address in the site's data leads somewhere under it", () => {
    const references = referencesIn(built);
    for (const kind of ["/_astro/", "favicon", ".md", "#"]) {
      expect(references.some(({ address }) => address.includes(kind))).toBe(true);
    }
    expect(references.some(({ file }) => file === "runbooks.json")).toBe(true);
    expect(deadReferences(built, base)).toEqual([]);
  });

  test("addresses that a reader takes along are whole", async () => {
    const { page } = await open(browser, "compare/");
    await page.getByLabel("use without root").check();
    expect(page.url()).toBe(`${site}compare/?must=rootless`);
    await page.goto(`${site}choose/`);
    await page.locator(".guide-question a").first().click();
    expect(page.url().startsWith(`${site}choose/#`)).toBe(true);
    await page.goto(`${site}${addressOf("lxc/lxc-new.md")}`);
    await page.locator("#values summary").click();
    await page.getByLabel("CONTAINER").fill("web1");
    await expect.poll(() => page.url()).toBe(`${site}lxc/lxc-new/?CONTAINER=web1`);
    const anchors = await page.locator("main .sl-anchor-link").evaluateAll((all) => all.map((one) => one.href));
    expect(anchors.every((address) => address.startsWith(`${site}lxc/lxc-new/`))).toBe(true);
    await page.context().close();
  });
});

describe("built for the root of a server that it does not know", () => {
  let plain: string;
  beforeAll(async () => {
    plain = await buildProofSite();
  });
  const pages = () => globSync("**/*.html", { cwd: plain }).map((name) => readFileSync(join(plain, name), "utf8"));

  test("every link, asset, anchor and address leads somewhere", () => {
    expect(pages().length).toBeGreaterThan(files.length);
    expect(deadReferences(plain, "/")).toEqual([]);
  });

  test("nothing pretends to know a whole address", () => {
    const heads = pages().map((html) => html.slice(0, html.indexOf("<body")));
    const knowing = heads.flatMap((head) => head.match(/rel="canonical"|property="og:(?:url|image)|localhost/g) ?? []);
    expect(knowing).toEqual([]);
    expect(globSync("{sitemap*,pictures}", { cwd: plain })).toEqual([]);
    expect(readFileSync(join(plain, "feed.xml"), "utf8")).not.toMatch(/https?:\/\/(?!www\.w3\.org)/);
  });

  test("no page has an edit link, where nobody said where the pages can be edited", () => {
    expect(pages().filter((html) => html.includes("Edit page")).length).toBe(0);
  });
});
