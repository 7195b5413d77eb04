import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright";
import { inject } from "vitest";

/** The checkout. */
export const root = join(import.meta.dirname, "../../..");
/** The front page's address. */
export const site = inject("site");

/** The pages' files, below content/. */
export const files = readdirSync(join(root, "content"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.mdx?$/.test(name))
  .sort();

/** The address of a page's file, below the front page's. */
export function addressOf(name: string): string {
  return `${name.replace(/(\/?index)?\.mdx?$/, "").toLowerCase()}/`;
}

export { launchBrowser as launch } from "../../../scripts/site/browser.ts";

/** A page that is open, and what its console, its scripts and its requests complained of. */
export interface Opened {
  page: Page;
  status: number | undefined;
  complaints: string[];
}

/** Opens a page in a context of its own; of another site, where that is named. */
export async function open(
  browser: Browser,
  address: string,
  options: BrowserContextOptions = {},
  from = site,
): Promise<Opened> {
  const page = await (await browser.newContext(options)).newPage();
  const complaints = listenTo(page);
  const answer = await page.goto(from + address, { waitUntil: "load" });
  return { page, status: answer?.status(), complaints };
}

/** Collects what a page's console, its scripts and its requests complain of. */
export function listenTo(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) complaints.push(message.text());
  });
  page.on("pageerror", (error) => complaints.push(String(error)));
  page.on("requestfailed", (request) => {
    // What a page fetches ahead is broken off where the reader follows a link first.
    if (request.failure()?.errorText !== "net::ERR_ABORTED") complaints.push(`failed: ${request.url()}`);
  });
  return complaints;
}

/** Clicks a copy button, and gives what is on the clipboard then. */
export async function copiedBy(page: Page, selector: string): Promise<string> {
  return await page.evaluate<string>(`(async () => {
    await navigator.clipboard.writeText("nothing");
    document.querySelector(${JSON.stringify(selector)}).click();
    for (let tries = 0; tries < 400; tries++) {
      const text = await navigator.clipboard.readText();
      if (text !== "nothing") return text;
      await new Promise((again) => setTimeout(again, 5));
    }
    return "nothing was copied";
  })()`);
}
