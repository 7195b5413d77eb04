/**
 * Takes from a font the outlines that the pages' pictures are lettered with, so that these look the same on a
 * machine without fonts: `./runbook --node scripts/glyphs.ts /usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf`.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { readGlyphs } from "./picture/font.ts";

const [font = ""] = process.argv.slice(2);
if (!font) {
  console.error("usage: glyphs.ts FONT.ttf");
  process.exit(2);
}
const ascii = String.fromCodePoint(...Array.from({ length: 0x7f - 0x20 }, (_, index) => index + 0x20));
const glyphs = readGlyphs(readFileSync(font), `${ascii}‘’“”–—…·×→©äéöüßè`);
const file = join(import.meta.dirname, "../src/site/picture/glyphs.txt");
// The font's licence stands at its head, and stays.
const head = readFileSync(file, "utf8")
  .split("\n")
  .filter((line) => line.startsWith("# "));
const lines = Object.entries(glyphs).map(([character, { advance, path }]) => `${character}\t${advance}\t${path}`);
writeFileSync(file, `${[...head, ...lines].join("\n")}\n`);
