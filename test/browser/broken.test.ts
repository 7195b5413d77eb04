import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { execa } from "execa";
import type { Browser } from "playwright";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { launch } from "./support/browser.ts";
import { astro, astroEnv, copySite } from "./support/copy-site.ts";

const broken = `---
title: Broken
description: A page with a mistake.
runbook:
  id: broken
---

\`\`\`sh step="one"
echo one
\`\`\`

\`\`\`sh proof="two"
true
\`\`\`
`;

test("a page with an error fails the build, which shows it as check does", async () => {
  const folder = copySite("broken");
  // The build reads all pages before it ends at this one: so there is no other.
  rmSync(join(folder, "content"), { recursive: true });
  mkdirSync(join(folder, "content"));
  writeFileSync(join(folder, "content/broken.md"), broken);
  const built = await execa(process.execPath, [astro, "build"], {
    cwd: folder,
    env: astroEnv,
    all: true,
    reject: false,
  });
  expect(built.exitCode).toBe(1);
  const checked = await execa(process.execPath, [join(folder, "src/cli/start.cjs"), "check", "content/broken.md"], {
    cwd: folder,
    reject: false,
    env: { NO_COLOR: "1", COLUMNS: "100" },
    all: true,
  });
  rmSync(folder, { recursive: true, force: true });
  const [place] = /content\/broken\.md:\d+:\d+\n\d+ \| .*\n *\| +\^+/.exec(checked.all) ?? [];
  expect(String(place)).toContain("content/broken.md:12:");
  expect(stripVTControlCharacters(built.all)).toContain(String(place));
});

function startDev(cwd: string) {
  return execa(process.execPath, [astro, "dev", "--port", "0"], { cwd, env: astroEnv, all: true, reject: false });
}

describe("while pages are written", () => {
  let browser: Browser;
  let dev: ReturnType<typeof startDev>;
  let folder: string;
  let address = "";
  let said = "";
  beforeAll(async () => {
    browser = await launch();
    folder = copySite("dev");
    dev = startDev(folder);
    dev.all?.on("data", (piece) => {
      said += stripVTControlCharacters(String(piece));
    });
    const at = () => /http:\/\/localhost:\d+\//.exec(said)?.[0];
    address = await vi.waitUntil(at, { timeout: 110_000 });
  });
  afterAll(async () => {
    dev.kill("SIGTERM");
    await dev;
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a page that is open shows a step's new text by itself, and an error over all", async () => {
    const page = await browser.newPage();
    await page.goto(`${address}lxc/lxc-new/`, { timeout: 60_000 });
    const file = join(folder, "content/lxc/lxc-new.md");
    const text = readFileSync(file, "utf8");
    expect(text).toContain("lxc-create ");
    writeFileSync(file, text.replace("lxc-create ", "lxc-create --quiet "));
    const step = page.locator('figure[data-block="create"]');
    await expect.poll(() => step.textContent()).toContain("lxc-create --quiet ");

    writeFileSync(join(folder, "content/broken.md"), broken);
    await expect.poll(() => said).toContain("content/broken.md:12:");
    const overlay = page.locator("vite-error-overlay");
    await overlay.getByText("content/broken.md:12:").first().waitFor({ timeout: 30_000 });
  });
});
