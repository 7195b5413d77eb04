/**
 * Takes pictures of ten pages on a phone, on a narrow and on a wide screen, dark, in forced colours and on paper. Look at
 * them after a change of the site's styles: `./runbook --node scripts/screenshots.ts [FOLDER]`. The default folder is
 * test-results/screenshots/.
 */
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { launchBrowser } from "./site/browser.ts";
import { buildSite } from "./site/build.ts";
import { serveSite } from "./site/serve.ts";

const results = join(import.meta.dirname, "../test-results");
const folder = process.argv[2] ?? join(results, "screenshots");
const pages = {
  front: "",
  concept: "docker/",
  topic: "topics/isolation/",
  runbook: "lxc/lxc-new/",
  howto: "how-to/",
  compare: "compare/",
  choose: "choose/",
  verbs: "verbs/",
  fix: "fix/docker-port-open-despite-ufw/",
  proof: "proof/",
};
const wide = { width: 1600, height: 1000 };
const shapes = {
  phone: {
    viewport: { width: 360, height: 740 },
    deviceScaleFactor: 2,
    isMobile: true,
    hasTouch: true,
    colorScheme: "light" as const,
  },
  narrow: { viewport: { width: 900, height: 900 }, colorScheme: "light" as const },
  wide: { viewport: wide, colorScheme: "light" as const },
  dark: { viewport: wide, colorScheme: "dark" as const },
  forced: { viewport: wide, forcedColors: "active" as const },
};

const built = join(results, "screenshots-site");
await buildSite(built, {});
const { address, stop } = await serveSite(built, "/");
const browser = await launchBrowser();
mkdirSync(folder, { recursive: true });
try {
  for (const [shape, options] of Object.entries(shapes)) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    for (const [name, path] of Object.entries(pages)) {
      await page.goto(address + path);
      const file = join(folder, `${name}-${shape}.png`);
      await page.screenshot({ path: file, fullPage: shape !== "phone", animations: "disabled" });
      console.log(file);
      if (shape === "wide") await page.pdf({ path: join(folder, `${name}.pdf`), preferCSSPageSize: true });
    }
    await context.close();
  }
} finally {
  await browser.close();
  stop();
  rmSync(built, { recursive: true, force: true });
}
