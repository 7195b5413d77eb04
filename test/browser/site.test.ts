import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import AxeBuilder from "@axe-core/playwright";
import { type Browser, chromium, type Page } from "playwright";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { readPage } from "../../src/language/read-page.ts";

const root = join(import.meta.dirname, "../..");
const site = inject("site");

const files = readdirSync(join(root, "content"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.mdx?$/.test(name))
  .sort();

let browser: Browser;

beforeAll(async () => {
  const debian = "/usr/bin/chromium";
  browser = await chromium.launch({
    ...(existsSync(debian) && { executablePath: debian }),
    args: process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
});
afterAll(() => browser?.close());

function addressOf(name: string): string {
  return `${name.replace(/(\/?index)?\.mdx?$/, "").toLowerCase()}/`;
}

/** Opens a page and notes what its console, its scripts and its requests complain of. */
async function open(address: string): Promise<{ page: Page; status: number | undefined; complaints: string[] }> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => complaints.push(`failed: ${request.url()}`));
  const answer = await page.goto(site + address, { waitUntil: "networkidle" });
  return { page, status: answer?.status(), complaints };
}

const texts = new Map<string, Promise<string | undefined>>();

/** The text at an address, undefined where there is none. */
function textAt(url: string): Promise<string | undefined> {
  const text = texts.get(url) ?? fetch(url).then((answer) => (answer.ok ? answer.text() : undefined));
  texts.set(url, text);
  return text;
}

test("the site builds without a warning", () => {
  expect(inject("buildLog")).not.toMatch(/warn|error/i);
});

describe.each(["", ...files])("page %s", (name) => {
  const address = name && addressOf(name);
  let opened: Awaited<ReturnType<typeof open>>;
  beforeAll(async () => {
    opened = await open(address);
  });
  afterAll(() => opened?.page.context().close());

  test("is there, says what it is, and has nothing to complain of", async () => {
    expect(opened.status).toBe(200);
    expect(await opened.page.locator("h1").textContent()).not.toBe("");
    expect(opened.complaints).toEqual([]);
  });

  // Expressive Code sees to the contrast of its colours, and to look at each word of code takes seconds a page.
  test("axe finds nothing, light or dark", async () => {
    const axe = () => new AxeBuilder({ page: opened.page }).exclude(".ec-line");
    await opened.page.evaluate("document.documentElement.dataset.theme = 'light'");
    const light = await axe().analyze();
    await opened.page.evaluate("document.documentElement.dataset.theme = 'dark'");
    const dark = await axe().withRules(["color-contrast"]).analyze();
    const violations = [...light.violations, ...dark.violations];
    expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
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

  test.runIf(name)("shows the steps that the runner reads, in order, with their text", async () => {
    const file = join("content", name);
    const { runbook } = await readPage(readFileSync(join(root, file), "utf8"), { file });
    const shown = await opened.page.evaluate(`[...document.querySelectorAll("[data-step]")].map((card) => ({
      id: card.id,
      target: card.querySelector("[data-target]").dataset.target,
      text: [...card.querySelectorAll(".ec-line .code")].map((line) => line.textContent.replace(/\\n$/, "")).join("\\n"),
    }))`);
    const steps = (runbook?.steps ?? []).map(({ id, on, fence }) => ({ id, target: on, text: fence.text }));
    expect(shown).toEqual(steps);
  });
});

test("an address that leads nowhere gets the site's own page for that", async () => {
  const { page, status } = await open("no/such/page/");
  expect(status).toBe(404);
  expect(await page.locator("h1").textContent()).toBe("No such page");
  await page.getByRole("link", { name: "begin at the front page" }).click();
  await expect.poll(() => page.url()).toBe(site);
  await page.context().close();
});

test("search finds a runbook", async () => {
  const { page } = await open("");
  await page.getByRole("button", { name: "Search" }).first().click();
  await page.locator("#starlight__search input").fill("bridge");
  await expect.poll(() => page.locator("#starlight__search .pagefind-ui__result").count()).toBeGreaterThan(0);
  await page.context().close();
});

test("without JavaScript the steps are there all the same", async () => {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(site + addressOf("lxc/lxc-new.md"));
  expect(await page.locator("[data-step]").count()).toBeGreaterThan(0);
  await context.close();
});
