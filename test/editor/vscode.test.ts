import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Browser, Page } from "playwright";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { launchBrowser } from "../../scripts/site/browser.ts";
import { faultyPage } from "./faulty-page.ts";

const root = join(import.meta.dirname, "../..");
const extension = join(root, "editors/vscode");
const program =
  process.env["CODE_SERVER"] ?? spawnSync("sh", ["-c", "command -v code-server"]).stdout.toString().trim();

/** Why the editor can't be tried here. */
const missing = [
  ...(program === "" ? ["no code-server in PATH or CODE_SERVER"] : []),
  ...(existsSync(join(extension, "node_modules")) ? [] : ["no `npm install` in editors/vscode"]),
].join(", ");

const page = (id: string): string => faultyPage(id, "  requires: [base]\n");

const settings = {
  "workbench.startupEditor": "none",
  "workbench.secondarySideBar.defaultVisibility": "hidden",
  "chat.disableAIFeatures": true,
  // Its text can then be read from the page.
  "terminal.integrated.gpuAcceleration": "off",
};

let dir: string;
let address: string;
let browser: Browser;
let stop: () => void;

function write(name: string, text: string): void {
  mkdirSync(join(dir, name, ".."), { recursive: true });
  writeFileSync(join(dir, name), text);
}

/** Starts the editor, with the extension linked as its documentation says. */
function startEditor(): Promise<string> {
  mkdirSync(join(dir, "extensions"));
  symlinkSync(extension, join(dir, "extensions/runbook"));
  write("user/User/settings.json", JSON.stringify(settings));
  const own = ["--config", join(dir, "config.yaml"), "--user-data-dir", join(dir, "user"), "--extensions-dir"];
  const quiet = ["--auth", "none", "--disable-telemetry", "--disable-update-check", "--disable-workspace-trust"];
  const env = { PATH: process.env["PATH"], HOME: dir, SHELL: "/bin/bash" };
  const words = [...own, join(dir, "extensions"), ...quiet, "--bind-addr", "127.0.0.1:0"];
  const child = spawn(program, words, { env, stdio: ["ignore", "pipe", "inherit"], detached: true });
  stop = () => child.pid && process.kill(-child.pid);
  return new Promise((resolve, reject) => {
    child.once("exit", () => reject(new Error("code-server ended")));
    child.stdout.on("data", (text) => {
      const [found] = /http:\/\/127\.0\.0\.1:\d+/.exec(String(text)) ?? [];
      if (found) resolve(found);
    });
  });
}

/** Opens a file of a folder in the editor. */
async function open(folder: string, file: string): Promise<Page> {
  const window = await (await browser.newContext({ viewport: { width: 1300, height: 800 } })).newPage();
  window.setDefaultTimeout(60_000);
  await window.goto(`${address}/?folder=${join(dir, folder)}`);
  await window.getByRole("treeitem").first().waitFor();
  await show(window, file);
  return window;
}

async function show(window: Page, file: string): Promise<void> {
  await choose(window, "Control+P", file);
  await window.locator(".tab.active", { hasText: file }).waitFor();
}

/** Writes into the field that a key opens, and takes its first answer. */
async function choose(window: Page, key: string, text: string): Promise<void> {
  await window.keyboard.press(key);
  await window.locator(".quick-input-widget input").first().waitFor();
  await window.keyboard.type(text);
  await window
    .locator(".quick-input-list .monaco-list-row", { hasText: text.split(":")[0] ?? "" })
    .first()
    .waitFor();
  await window.keyboard.press("Enter");
  await window.locator(".quick-input-widget").waitFor({ state: "hidden" });
}

const at = (window: Page, place: string): Promise<void> => choose(window, "Control+G", place);
const lenses = (window: Page) => window.locator(".codelens-decoration a");

describe.skipIf(missing !== "")(`Visual Studio Code${missing && `: ${missing}`}`, () => {
  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), "runbook-vscode-"));
    const words = [process.execPath, join(root, "src/cli/start.cjs")].map((word) => `'${word}'`);
    write("project/runbook", `#!/bin/sh\nexec ${words.join(" ")} "$@"\n`);
    chmodSync(join(dir, "project/runbook"), 0o755);
    write("project/runbook.config.yaml", "content: docs\n");
    write("project/docs/first.md", page("first"));
    write("project/docs/second.mdx", page("second"));
    write("project/docs/base.md", "---\nrunbook:\n  id: base\n---\n\nNothing yet.\n");
    write("other/page.md", page("first"));
    address = await startEditor();
    browser = await launchBrowser();
  });

  afterAll(async () => {
    await browser?.close();
    stop?.();
    if (dir) rmSync(dir, { recursive: true, force: true, maxRetries: 10 });
  });

  test("shows what the server answers", async () => {
    const window = await open("project", "first.md");
    await lenses(window).nth(1).waitFor();
    expect((await lenses(window).allInnerTexts()).join("\n")).toMatch(/exec first\n.*exec first --until make$/);
    await window.locator(".squiggly-error").first().waitFor();

    await at(window, "11:16");
    await window.keyboard.press("Control+K");
    await window.keyboard.press("Control+I");
    await window.locator(".monaco-hover", { hasText: "What it is called" }).waitFor();
    await window.keyboard.press("Escape");

    await at(window, "11:19");
    await window.keyboard.type(' "$');
    await window.locator(".suggest-widget .monaco-list-row", { hasText: "NAME" }).waitFor();
    await window.keyboard.press("Escape");

    await at(window, "5:16");
    await window.keyboard.press("F12");
    await window.locator(".tab.active", { hasText: "base.md" }).waitFor();
  });

  test("types a lens's line into a terminal once, in place of the line before, and beside what runs there", async () => {
    const window = await open("project", "second.mdx");
    const terminal = window.locator(".terminal-wrapper.active .xterm-rows");
    const typed = async () => ((await terminal.textContent()) ?? "").replace(/\s+/g, " ").trim();
    for (const [lens, words] of ["exec second", "exec second --until make"].entries()) {
      await lenses(window).nth(lens).click();
      await expect.poll(typed).toMatch(new RegExp(`# [^#]* ${words}$`));
      expect((await typed()).match(/ exec /g)?.length).toBe(1);
    }
    await window.keyboard.press("Control+U");
    await window.keyboard.type("sleep 600\n");
    await expect.poll(typed).toMatch(/sleep 600$/);
    await lenses(window).first().click();
    await window.locator(".tabs-list .terminal-tabs-entry").nth(1).waitFor();
    await expect.poll(typed).toMatch(/# [^#]* exec second$/);
  });

  test("stays quiet where there is no server to start", async () => {
    const window = await open("other", "page.md");
    // The command is there once the extension has looked for a server.
    await choose(window, "Control+Shift+P", "Runbook: Restart the server");
    await window.waitForTimeout(3000);
    expect(await window.locator(".notification-toast").allInnerTexts()).toEqual([]);
    expect(await lenses(window).count()).toBe(0);
  });
});
