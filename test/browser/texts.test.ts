import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Browser } from "playwright";
import { afterAll, beforeAll, expect, test } from "vitest";
import { history } from "../../src/site/history/site-history.ts";
import { addressOf, files, launch, open, root, site } from "./support/browser.ts";

let browser: Browser;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());

const textOf = async (address: string) => (await fetch(new URL(address, site))).text();
const alternate = (html: string, type: string) =>
  new RegExp(`<link rel="alternate" type="${type}" href="([^"]+)"`).exec(html)?.[1] ?? "";

test("every page names its own text, which is there, with links that lead on", async () => {
  const wrong: string[] = [];
  const served = new Map<string, string>();
  for (const file of files) {
    const address = new URL(alternate(await textOf(addressOf(file)), "text/markdown"), site).href;
    served.set(address, await textOf(address));
    const asServed = (text: string) => text.replaceAll(/\.mdx?(?=[)#])/g, ".md");
    const own = readFileSync(join(root, "content", file), "utf8");
    const text = asServed(served.get(address) ?? "");
    // Where the page names steps of another page, the served text has their commands.
    const parts = asServed(own).split(/^<StepCommands .*\/>$/m);
    const same = text.startsWith(parts.at(0) ?? "") && text.endsWith(parts.at(-1) ?? "");
    if (!same || text.includes("<StepCommands") || (parts.length === 1 && text !== parts[0])) wrong.push(file);
  }
  for (const [address, text] of served) {
    for (const [, link = ""] of text.matchAll(/\]\(((?![a-z]+:|[/#])[^)#\s]*\.mdx?)[)#\s]/g)) {
      if (!served.has(new URL(link, address).href)) wrong.push(`${dirname(address)}: ${link}`);
    }
  }
  expect(wrong).toEqual([]);
});

test("llms.txt lists the text of every page", async () => {
  const text = await textOf("llms.txt");
  const listed = [...text.matchAll(/^- \[.*\]\((\S+?)\): /gm)].map(([, address = ""]) => address);
  for (const address of listed) expect((await fetch(new URL(new URL(address, site).pathname, site))).status).toBe(200);
  expect(listed.filter((address) => address.endsWith(".md")).length).toBe(files.length);
});

test("the feed tells of the latest changes that git knows of", async () => {
  const { page } = await open(browser, "");
  const entries = await page.evaluate<{ link: string; updated: string; summary: string }[]>(`(async () => {
    const { href } = document.querySelector("link[type='application/atom+xml']");
    const feed = new DOMParser().parseFromString(await (await fetch(href)).text(), "application/xml");
    if (feed.querySelector("parsererror")) throw new Error(feed.documentElement.textContent);
    return [...feed.querySelectorAll("entry")].map((entry) => ({
      link: entry.querySelector("link").getAttribute("href"),
      updated: entry.querySelector("updated").textContent,
      summary: entry.querySelector("summary").textContent,
    }));
  })()`);
  const known = history.filter(({ file }) => files.includes(file.replace("content/", "")));
  expect(entries.length).toBe(Math.min(60, known.length));
  expect(entries.map(({ summary }) => summary)).toEqual(known.slice(0, 60).map(({ subject }) => subject));
  for (const { link } of entries) expect((await fetch(new URL(new URL(link, site).pathname, site))).status).toBe(200);
  await page.context().close();
});

test("a page says when git saw it change last, and nothing where git does not know", async () => {
  for (const file of files) {
    const shown = /Last updated:\s*<time datetime="([^"]+)"/.exec(await textOf(addressOf(file)))?.[1];
    const change = history.find((one) => one.file === `content/${file}`);
    expect(shown).toBe(change && new Date(change.date).toISOString());
  }
});
