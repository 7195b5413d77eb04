import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import sharp from "sharp";
import { homeOf } from "../base-path.ts";
import { drawPicture, pictureSize } from "../picture/draw-picture.ts";
import { pictureWords } from "../picture/picture-words.ts";
import type { PageChange } from "./finish-pages.ts";

const options = { palette: true, colours: 32, effort: 1 };

/**
 * Draws a picture for every built page and names it in the page's head, for those who show links with pictures.
 * These want whole addresses, so there are none where the site's is unknown. What was drawn once is kept in `cache`.
 */
export function pagePictures(cache: string, site: string | undefined, base: string): PageChange {
  const home = site && new URL(homeOf(base), site);
  return {
    change: async (html, page, folder) => {
      if (!home || basename(page) !== "index.html") return html;
      const name = `pictures/${dirname(page) === "." ? "index" : dirname(page)}.png`;
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), await pictureOf(page, html, cache));
      return withPicture(html, new URL(name, home).href);
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
