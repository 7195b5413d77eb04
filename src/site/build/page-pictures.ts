import { createHash } from "node:crypto";
import { existsSync, globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import sharp from "sharp";
import { homeOf } from "../base-path.ts";
import { drawPicture, pictureSize } from "../picture/draw-picture.ts";
import { pictureWords } from "../picture/picture-words.ts";

const options = { palette: true, colours: 32, effort: 1 };

/**
 * Draws a picture for every built page and names it in the page's head, for those who show links with pictures.
 * These want whole addresses, so there are none where the site's is unknown. What was drawn once is kept in `cache`.
 */
export function pagePictures(cache: string): AstroIntegration {
  let home: URL | undefined;
  return {
    name: "page-pictures",
    hooks: {
      "astro:config:done": ({ config }) => {
        home = config.site ? new URL(homeOf(config.base), config.site) : undefined;
      },
      "astro:build:done": async ({ dir }) => {
        const folder = fileURLToPath(dir);
        const pages = home ? globSync("**/index.html", { cwd: folder }) : [];
        await Promise.all(
          pages.map(async (page) => {
            const file = join(folder, page);
            const html = readFileSync(file, "utf8");
            const name = `pictures/${dirname(page) === "." ? "index" : dirname(page)}.png`;
            mkdirSync(dirname(join(folder, name)), { recursive: true });
            writeFileSync(join(folder, name), await pictureOf(page, html, cache));
            writeFileSync(file, withPicture(html, new URL(name, home).href));
          }),
        );
      },
    },
  };
}

async function pictureOf(page: string, html: string, cache: string): Promise<Buffer> {
  const svg = await drawPicture(pictureWords(page, html));
  const key = createHash("sha256")
    .update(svg + JSON.stringify(options))
    .digest("hex");
  const kept = join(cache, `${key}.png`);
  if (existsSync(kept)) return readFileSync(kept);
  const png = await sharp(Buffer.from(svg)).png(options).toBuffer();
  mkdirSync(cache, { recursive: true });
  writeFileSync(kept, png);
  return png;
}

function withPicture(html: string, address: string): string {
  const { width, height } = pictureSize;
  const said = {
    "og:image": address,
    "og:image:type": "image/png",
    "og:image:width": width,
    "og:image:height": height,
  };
  const tags = Object.entries(said).map(([name, value]) => `<meta property="${name}" content="${value}"/>`);
  return html.replace("</head>", () => `${tags.join("")}</head>`);
}
