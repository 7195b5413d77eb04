import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../../scripts/site/browser.ts";
import { type Ended, run } from "../run.ts";
import type { Served } from "./serve-process.ts";
import { placeSite } from "./serve-site.ts";

let root: string;
let work: string;
let browser: Browser;
let served: Served;
let terminal: ChildProcess | undefined;

beforeAll(async () => {
  ({ root, work, served } = placeSite());
  browser = await launchBrowser();
});

afterEach(async () => {
  terminal?.kill("SIGKILL");
  await served.kill("SIGKILL");
});

afterAll(async () => {
  await browser?.close();
  rmSync(root, { recursive: true, force: true });
});

const content = (): string[] => ["--content", join(root, "content")];
const env = () => ({
  PATH: process.env["PATH"],
  HOME: process.env["HOME"],
  TOKEN: "sesame-open",
  ...served.env,
});
const typed = (...args: string[]): Ended => run([...args, ...content()], { env: env() });

/** Types a line in a terminal on the host of the server. */
function typedBeside(...args: string[]): Ended {
  const [file = "", ...words] = served.beside([...args, ...content()]);
  const { stdout, stderr, status } = spawnSync(file, words, { encoding: "utf8", env: env(), timeout: 60_000 });
  return { stdout, stderr, exitCode: status };
}

async function open(dir: string): Promise<Page> {
  await served.start();
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(30_000);
  await page.goto(served.address);
  await show(page, dir);
  return page;
}

async function show(page: Page, dir: string): Promise<void> {
  await page.goto(new URL(`/page/?DIR=${dir}`, served.address).href);
  await page.getByLabel("TOKEN (never kept)").fill("sesame-open");
}

const state = (page: Page, step: string, text: RegExp) =>
  page.locator(`[data-step=${step}] .serve-state`).getByText(text).waitFor();

/** What the steps leave: each ran once, and the last one has what the first ones left in their shell. */
const left = (dir: string): string[] => ["count", "last"].map((name) => readFileSync(join(dir, name), "utf8"));
const once = ["once\n", "a state with spaces\n"];

interface Listed {
  id: string;
  outcome: string | null;
  resumes?: string;
}
const listed = (): Listed[] => JSON.parse(typed("runs", "--json").stdout) as Listed[];

describe("page and terminal", () => {
  test("a run that the page began is gone on with in the terminal", async () => {
    const page = await open(work);
    await page.getByRole("button", { name: "Run all" }).click();
    await page.locator("[data-step=slow] .serve-output").getByText("waiting").waitFor();
    const [begun] = listed();
    // The page and the terminal hold the same host.
    const second = typedBeside("exec", "page", `DIR=${work}`, "--yes");
    expect([second.exitCode, second.stderr]).toEqual([3, expect.stringContaining(`${begun?.id}`)]);
    expect(listed().at(-1)).toMatchObject({ outcome: "blocked" });
    await served.kill("SIGKILL");

    writeFileSync(join(work, "go"), "");
    // What goes on is the run that broke off, not the later one that was refused and did nothing.
    const resumed = typed("resume", "--yes");
    expect({ ...resumed, stdout: "" }).toEqual({ stdout: "", stderr: "", exitCode: 0 });
    expect(left(work)).toEqual(once);
    expect(listed().at(-1)).toMatchObject({ outcome: "passed", resumes: begun?.id });

    // The page knows what the terminal did, and there is nothing more to go on with.
    const again = await open(work);
    for (const step of ["first", "count", "slow", "last"]) await state(again, step, /^done.*, by run/);
    expect(await again.getByRole("button", { name: "Resume" }).isVisible()).toBe(false);
  });

  test("a run that the terminal began is gone on with from the page, with the values of the run", async () => {
    const other = join(root, "other");
    mkdirSync(other);
    const page = await open(other);
    const line = ["exec", "page", `DIR=${other}`, "--yes", "--report", "ndjson", ...content()];
    const [file = "", ...words] = served.beside(line);
    const child = spawn(file, words, { env: env(), stdio: ["ignore", "pipe", "inherit"] });
    terminal = child;
    await new Promise<void>((resolve) => child.stdout.on("data", (text) => /waiting/.test(text) && resolve()));
    await show(page, other);
    await state(page, "slow", /^runs in another process, by run/);
    // The window's own wish is refused, and that changes nothing of what is gone on with.
    await page.getByRole("button", { name: "Run all" }).click();
    await page.getByText(/^Run \S+ \(.*\) holds localhost\./).waitFor();
    child.kill("SIGKILL");

    // The page looks again by itself.
    await state(page, "slow", /^interrupted/);
    await show(page, work);
    const begun = listed().findLast(({ outcome }) => outcome === null);
    await page.getByRole("button", { name: "Resume" }).click();
    for (const text of ["page/slow was begun", "It cannot be taken back."]) {
      await page.getByRole("dialog").getByText(text).waitFor();
      // What the terminal's run left alive has been ended by now, so that it does not see this.
      writeFileSync(join(other, "go"), "");
      await page.getByRole("button", { name: "Yes" }).click();
    }
    await page.getByText(/^Run .*: passed$/).waitFor();
    expect(left(other)).toEqual(once);
    expect(listed().at(-1)).toMatchObject({ outcome: "passed", resumes: begun?.id });
  });
});
