import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import satori from "satori";

/** The font comes with a package, so that pictures look the same on a machine without fonts. */
const font = {
  name: "DejaVu Sans",
  weight: 700,
  style: "normal",
  data: readFileSync(
    createRequire(import.meta.url).resolve("@fontsource/dejavu-sans/files/dejavu-sans-latin-700-normal.woff"),
  ),
} as const;

/** A text in a box: where the box stands in the picture, and how the text is set. */
export interface Lettering {
  text: string;
  left: number;
  top: number;
  width: number;
  height: number;
  size: number;
  colour: string;
}

/** The height of a line of text, as a multiple of its size. */
const LEADING = 1.22;

/** Sets texts as outlines, each wrapped to its box and in the middle of its height, as an SVG of a size. */
export async function drawLetters(
  letterings: readonly Lettering[],
  { width, height }: { width: number; height: number },
): Promise<string> {
  const boxes = letterings.map(({ text, size, colour, ...place }) => {
    const style = { position: "absolute", display: "flex", alignItems: "center", ...place, color: colour };
    return box({ ...style, ...textStyle(size) }, text);
  });
  return await satori(box({ display: "flex", width, height }, boxes), { width, height, fonts: [font] });
}

/** How many lines a text takes in a width. */
export async function countLines(text: string, size: number, width: number): Promise<number> {
  let lines = 0;
  await satori(
    box({ display: "flex", flexDirection: "column" }, [box({ display: "flex", ...textStyle(size) }, text)]),
    {
      width,
      fonts: [font],
      onNodeDetected: (node) => {
        if (node.textContent === text) lines = Math.round(node.height / (size * LEADING));
      },
    },
  );
  return lines;
}

/** The characters of a text that the font does not have. */
export async function missingLetters(text: string): Promise<string[]> {
  const missing: string[] = [];
  await satori(box(textStyle(20), text), {
    width: 1000,
    fonts: [font],
    loadAdditionalAsset: async (_, segment) => {
      missing.push(...segment);
      return [];
    },
  });
  return missing;
}

function textStyle(size: number): object {
  return { fontSize: size, lineHeight: LEADING, wordBreak: "break-word" };
}

/** An element as satori takes it. */
function box(style: object, children: unknown): { type: string; props: object } {
  return { type: "div", props: { style, children } };
}
