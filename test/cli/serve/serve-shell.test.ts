import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../../scripts/site/browser.ts";
import type { Served } from "./serve-process.ts";
import { placeSite } from "./serve-site.ts";

let root: string;
let work: string;
let browser: Browser;
let context: BrowserContext;
let served: Served;

beforeAll(async () => {
  ({ root, work, served } = placeSite());
  await served.start();
  browser = await launchBrowser();
  context = await browser.newContext();
  context.setDefaultTimeout(60_000);
});

afterAll(async () => {
  await served.kill("SIGKILL");
  await browser?.close();
  rmSync(root, { recursive: true, force: true });
});

const screen = (page: Page) => page.locator(".serve-terminal .xterm-rows");
const ended = (page: Page) => page.locator(".serve-shell-state").getByText("The shell has ended.");

/** Runs the page that fails, and waits for the shell. */
async function fail(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Run all" }).click();
  await page.locator(".serve-shell-state").getByText("A shell as failing/break left it.").waitFor();
  await screen(page)
    .getByText(/\(failing\/break\)/)
    .first()
    .waitFor();
}

async function enter(page: Page, line: string): Promise<void> {
  await page.keyboard.type(line);
  await page.keyboard.press("Enter");
}

/** The shell's own process, once it has written its number. */
async function shellProcess(page: Page): Promise<string> {
  const file = join(work, "shell");
  rmSync(file, { force: true });
  await enter(page, "echo $$ >shell");
  await expect.poll(() => readFileSync(file, "utf8")).toMatch(/^\d+\n$/);
  return readFileSync(file, "utf8").trim();
}

const gone = (process: string) => expect.poll(() => existsSync(`/proc/${process}`)).toBe(false);

describe("a shell in the page", () => {
  test("has the state that the failing step left, for every window and for nobody else", async () => {
    const page = await context.newPage();
    const complaints = await served.open(page, `/failing/?DIR=${work}`);
    const other = await context.newPage();
    await other.goto(page.url());
    await page.bringToFront();
    await page.getByLabel("Open a shell where a step fails").check();
    await fail(page);
    await page.locator("[data-step=break] .serve-shell").waitFor();
    // The terminal has the keys without a click.
    await enter(page, 'echo "$GREETING, ${list[1]}, $PWD" | tee said');
    await screen(page).getByText("hello-from-before, two words, /").waitFor();
    await screen(other).getByText("hello-from-before, two words, /").waitFor();
    expect(readFileSync(join(work, "said"), "utf8")).toBe(`hello-from-before, two words, ${work}\n`);
    // It is a terminal of the size that the page shows, and its keys are signals there.
    await enter(page, "stty size; sleep 1000");
    const rows = await screen(page).locator("> div").count();
    await screen(page)
      .getByText(new RegExp(`^${rows} \\d+`))
      .waitFor();
    await page.keyboard.press("Control+C");
    await enter(page, "echo ended by $?");
    await screen(page).getByText("ended by 130").waitFor();
    // More output than a terminal can draw at once neither ends it nor is its end lost.
    await enter(page, "seq 400000; echo all $((400 + 1))");
    await screen(page).getByText("all 401").waitFor();
    expect(complaints).toEqual([]);

    // Whoever may not ask the server may not type, by whatever way.
    const { origin, host } = new URL(served.address);
    const [cookie] = await context.cookies();
    const headers = { cookie: `${cookie?.name}=${cookie?.value}`, origin, "content-type": "application/json" };
    const socket = { connection: "Upgrade", upgrade: "websocket", "sec-websocket-version": "13" };
    for (const path of ["/-/type", "/-/size", "/-/leave"]) {
      const attempts = [
        await served.askRaw(path, { method: "POST", headers: { ...headers, cookie: "" } }),
        await served.askRaw(path, { method: "POST", headers: { ...headers, origin: "http://evil.example" } }),
        await served.askRaw(path, { method: "POST", headers: { ...headers, host: "evil.example" } }),
        await served.askRaw(path, { headers: { ...headers, ...socket, "sec-websocket-key": "x" } }),
        await served.askRaw(path, { headers: { host, ...socket, "sec-websocket-key": "x" } }),
      ];
      expect([path, ...attempts]).toEqual([path, 401, 403, 421, 403, 403]);
    }
    const shell = await shellProcess(page);
    expect(existsSync(`/proc/${shell}`)).toBe(true);

    // Closing a window stops nothing; what was shown is told to the next one.
    await page.close();
    const again = await context.newPage();
    await again.goto(other.url());
    await screen(again).getByText("all 401").waitFor();
    await enter(again, "touch mended; exit");
    await ended(again).waitFor();
    await again.getByText(/^Run .*: failed$/).waitFor();
    await gone(shell);
    // With the box, a run that passes opens no shell, and takes the old one away.
    await again.getByLabel("Open a shell where a step fails").check();
    await again.getByRole("button", { name: "Run all" }).click();
    await again.getByText(/^Run .*: passed$/).waitFor();
    expect(await again.locator(".serve-shell").count()).toBe(0);
    rmSync(join(work, "mended"));
  });

  test("ends with Close, with Stop and with the server, and is never opened unasked", async () => {
    const page = await context.newPage();
    await served.open(page, `/failing/?DIR=${work}`);
    // Six lines are what a browser holds to one server, so windows that nobody sees must hold none.
    const hidden = await Promise.all(
      Array.from({ length: 6 }, async () => {
        const window = await context.newPage();
        await window.addInitScript(
          `Object.defineProperty(document, "visibilityState", { value: "hidden", configurable: true })`,
        );
        await window.goto(page.url());
        return window;
      }),
    );
    await page.bringToFront();
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByText(/^Run .*: failed$/).waitFor();
    expect(await page.locator(".serve-shell").count()).toBe(0);
    await page.getByLabel("Open a shell where a step fails").check();
    for (const name of ["Close the shell", "Stop"]) {
      await fail(page);
      const shell = await shellProcess(page);
      // A shell that takes no hang-up is killed.
      await enter(page, "trap '' HUP");
      await page.getByRole("button", { name }).click();
      await ended(page).waitFor();
      await page.getByText(/^Run .*: (failed|cancelled)$/).waitFor();
      await gone(shell);
    }
    await fail(page);
    const shell = await shellProcess(page);
    const seen = hidden[0] as Page;
    expect(await seen.locator(".serve-shell").count()).toBe(0);
    await seen.evaluate(
      `Object.defineProperty(document, "visibilityState", { value: "visible" }); document.dispatchEvent(new Event("visibilitychange"))`,
    );
    await screen(seen).getByText("echo $$ >shell").waitFor();
    await served.kill("SIGTERM");
    await gone(shell);
  });
});
