import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser } from "playwright";
import { launchBrowser } from "../site/browser.ts";
import { buildSite, copyProject } from "../site/build.ts";
import { serveSite } from "../site/serve.ts";
import { median } from "./measure.ts";

/** How long a keystroke in the form of a long runbook delays the next frame. */
export interface Typing {
  /** The median time of a keystroke in milliseconds: script, style and layout. */
  median: number;
  /** The median and the longest time on a processor that is slowed down four times. */
  slowed: number;
  longest: number;
  /** How many places of the page each keystroke changed. */
  places: number;
}

const slowDown = 4;
const keystrokes = 40;

/** Types into the form of a page with that many steps, on this processor and on one that is slowed down four times. */
export async function measureTyping(steps: number): Promise<Typing> {
  const folder = copyProject("typing-project", { "bench/long.md": longPage(steps) });
  const outDir = join(folder, "dist");
  await buildSite(outDir, {}, folder);
  const { address, stop } = await serveSite(outDir, "/");
  const browser = await launchBrowser();
  try {
    const plain = await type(browser, `${address}bench/long/`, 1);
    const slow = await type(browser, `${address}bench/long/`, slowDown);
    // The first keystrokes are slower, because the script is not compiled yet.
    const longest = Math.max(...slow.taken.slice(1));
    return { median: median(plain.taken), slowed: median(slow.taken), longest, places: slow.places };
  } finally {
    await browser.close();
    stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function type(browser: Browser, address: string, rate: number): Promise<{ taken: number[]; places: number }> {
  const page = await browser.newPage();
  await page.goto(address);
  await page.locator("#values summary").click();
  await page.locator("#value-NAME").focus();
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
  // Reading a height forces the layout.
  const taken = await page.evaluate<number[]>(`(async () => {
    const field = document.getElementById("value-NAME");
    const taken = [];
    for (let stroke = 0; stroke < ${keystrokes}; stroke++) {
      await new Promise((frame) => requestAnimationFrame(() => setTimeout(frame)));
      const began = performance.now();
      field.value += "abcdefghij"[stroke % 10];
      field.dispatchEvent(new InputEvent("input", { bubbles: true }));
      document.body.offsetHeight;
      taken.push(performance.now() - began);
    }
    return taken;
  })()`);
  const value = await page.locator("#value-NAME").inputValue();
  const places = await page.locator("[data-slot]", { hasText: value }).count();
  return { taken, places };
}

/** A page whose steps each have a guard, a proof and an undo, all of which contain the value. */
function longPage(steps: number): string {
  const params = `  params:\n    NAME: { default: things, description: Name of it }\n    DIR: { default: /srv, description: Its place }\n`;
  const head = `---\ntitle: A long one\ndescription: For measuring\nrunbook:\n  id: long\n${params}---\n`;
  const bodies = Array.from(
    { length: steps },
    (_, n) => `Make thing ${n}.

\`\`\`sh step="make-${n}"
mkdir --parents "$DIR/$NAME"
printf '%s\\n' "$NAME ${n}" >"$DIR/$NAME/${n}"
\`\`\`

\`\`\`sh guard="make-${n}"
[ -e "$DIR/$NAME/${n}" ]
\`\`\`

\`\`\`sh proof="make-${n}"
grep --quiet --line-regexp "$NAME ${n}" "$DIR/$NAME/${n}"
\`\`\`

\`\`\`sh undo="make-${n}"
rm --force "$DIR/$NAME/${n}"
\`\`\`
`,
  );
  return `${head}\n${bodies.join("\n")}`;
}
