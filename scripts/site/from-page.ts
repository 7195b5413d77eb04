/**
 * Runs `lxc-new` for three containers of this machine, between the page of a built site in Chromium and a terminal: kills the server
 * or the terminal in the middle, goes on with the run, from the page or in the terminal, and takes all away from the page. Prints
 * how long each part took. `--site DIR` is the built site, and `--path PATH` the page in it. Needs root; the end states of
 * `lxc-host` and `lxc-image` are best made before, as this waits ten minutes for a run at most.
 */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { Browser, Page } from "playwright";
import { launchBrowser } from "./browser.ts";

const { values: options } = parseArgs({
  options: { site: { type: "string", default: "dist" }, path: { type: "string", default: "/lxc/lxc-new/" } },
});
const root = join(import.meta.dirname, "../..");
const launcher = join(root, "runbook");
const state = mkdtempSync(join(tmpdir(), "runbook-from-page-"));
const env = { ...process.env, RUNBOOK_STATE_DIR: state };
const containers = ["rb-page-one", "rb-page-two", "rb-page-three"] as const;
const longest = 600_000;

class Server {
  #child: ChildProcess | undefined;

  /** Starts the server, and opens the page of a container in a window of its own. */
  async open(browser: Browser, container: string): Promise<Page> {
    const child = spawn(launcher, ["serve", "--site", options.site], {
      cwd: root,
      env,
      stdio: ["ignore", "pipe", "inherit"],
    });
    this.#child = child;
    const address = await new Promise<string>((told) => child.stdout.once("data", (text) => told(String(text).trim())));
    const page = await (await browser.newContext()).newPage();
    page.setDefaultTimeout(longest);
    await page.goto(address);
    await page.goto(new URL(`${options.path}?CONTAINER=${container}`, address).href);
    return page;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    const child = this.#child;
    this.#child = undefined;
    if (!child) return;
    const ended = new Promise((told) => child.once("exit", told));
    child.kill(signal);
    await ended;
  }
}

const server = new Server();
const output = (page: Page, step: string) => page.locator(`[data-step="${step}"] .serve-output`);
const stateOf = (page: Page, step: string) => page.locator(`[data-step="${step}"] .serve-state`);

/** Presses a button, says yes to each question, and waits for the end. */
async function press(page: Page, name: string, end: RegExp): Promise<void> {
  await page.getByRole("button", { name, exact: true }).click();
  const yes = page.getByRole("dialog").getByRole("button", { name: "Yes" });
  for (;;) {
    const text = (await page.locator(".serve-said").textContent()) ?? "";
    if (end.test(text)) return;
    if (/: (failed|cancelled|blocked)$/.test(text)) throw new Error(text);
    if (await yes.isVisible()) {
      console.log(`  asked: ${await page.getByRole("dialog").locator("p").first().textContent()}`);
      await yes.click();
    }
    await page.waitForTimeout(300);
  }
}

function terminal(...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(launcher, args, { cwd: root, env, encoding: "utf8" });
  if (status !== 0) throw new Error(`runbook ${args.join(" ")}: ${status}\n${stdout}${stderr}`);
  return stdout;
}

/** What the container says of itself: its name, its resolver and a package that the last steps bring. */
function checkContainer(name: string): void {
  const line = "hostname; grep --count nameserver /etc/resolv.conf; command -v screen";
  const { stdout } = spawnSync("lxc-attach", ["--name", name, "--", "sh", "-c", line], { encoding: "utf8" });
  if (stdout !== `${name}\n1\n/usr/bin/screen\n`) throw new Error(`${name} says: ${stdout}`);
}

async function timed(what: string, part: () => Promise<void>): Promise<void> {
  const begun = performance.now();
  await part();
  console.log(`${what}: ${((performance.now() - begun) / 1000).toFixed(0)} s`);
}

/** Begins a run on the page, and kills the server while a step prints. */
async function killedOnPage(browser: Browser, container: string, step: string): Promise<void> {
  const page = await server.open(browser, container);
  await page.getByRole("button", { name: "Run all" }).click();
  await output(page, step).getByText(/\S/).first().waitFor();
  await server.end("SIGKILL");
  await page.context().close();
}

async function goOnFromPage(page: Page, step: string): Promise<void> {
  await stateOf(page, "create").getByText(/^done/).waitFor();
  await stateOf(page, step)
    .getByText(/^interrupted/)
    .waitFor();
  await press(page, "Resume", /: passed$/);
}

const browser = await launchBrowser();
try {
  const [one, two, three] = containers;
  await timed(`${one}: begun on the page, server killed in \`install\``, () => killedOnPage(browser, one, "install"));
  await timed(`${one}: server started again, resumed from the page`, async () => {
    const page = await server.open(browser, one);
    await goOnFromPage(page, "install");
    checkContainer(one);
    await server.end("SIGTERM");
  });
  await timed(`${two}: begun on the page, server killed in \`update\``, () => killedOnPage(browser, two, "update"));
  await timed(`${two}: resumed in the terminal`, async () => {
    terminal("resume", "--yes");
    checkContainer(two);
  });
  await timed(`${three}: begun in the terminal, killed in \`record\``, async () => {
    const words = ["exec", "lxc-new", `CONTAINER=${three}`, "--yes", "--report", "ndjson"];
    const child = spawn(launcher, words, { cwd: root, env, stdio: ["ignore", "pipe", "inherit"] });
    const ended = new Promise((told) => child.once("exit", told));
    const begun = '"runbook":"lxc-new","step":"record"';
    let text = "";
    child.stdout.on("data", (piece) => {
      text += piece;
      if (text.includes(begun)) child.kill("SIGKILL");
    });
    await ended;
  });
  await timed(`${three}: resumed from the page`, async () => {
    const page = await server.open(browser, three);
    await goOnFromPage(page, "record");
    checkContainer(three);
    await server.end("SIGTERM");
  });
  for (const container of containers) {
    await timed(`${container}: undone from the page`, async () => {
      const page = await server.open(browser, container);
      await press(page, "Undo all", /: passed$/);
      const { status } = spawnSync("lxc-info", ["--name", container]);
      if (status === 0) throw new Error(`${container} is still there.`);
      await server.end("SIGTERM");
    });
  }
  console.log(terminal("runs"));
} finally {
  await server.end("SIGTERM");
  await browser.close();
  for (const container of containers) spawnSync("lxc-destroy", ["--force", "--name", container]);
  rmSync(state, { recursive: true, force: true });
}
