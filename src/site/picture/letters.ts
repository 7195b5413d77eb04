import { readFileSync } from "node:fs";

interface Glyph {
  advance: number;
  path: string;
}

const glyphs = new Map<string, Glyph>(
  readFileSync(new URL("./glyphs.txt", import.meta.url), "utf8")
    .split("\n")
    .filter((line) => line.includes("\t"))
    .map((line) => {
      const [character = "", advance = "", path = ""] = line.split("\t");
      return [character, { advance: Number(advance), path }];
    }),
);

function glyphOf(character: string): Glyph {
  return glyphs.get(character) ?? (glyphs.get("?") as Glyph);
}

/** The characters of a text that can't be drawn. */
export function missingLetters(text: string): string[] {
  return [...text].filter((character) => !glyphs.has(character));
}

/** How wide a text is, at a size. */
export function widthOf(text: string, size: number): number {
  return ([...text].reduce((sum, character) => sum + glyphOf(character).advance, 0) * size) / 1000;
}

/** A line of text as outlines, which need no font; `y` is the line that letters stand on. */
export function letters(text: string, x: number, y: number, size: number, fill: string): string {
  let at = 0;
  const paths = [...text].map((character) => {
    const { advance, path } = glyphOf(character);
    const drawn = path && `<path transform="translate(${at} 0)" d="${path}"/>`;
    at += advance;
    return drawn;
  });
  return `<g fill="${fill}" transform="translate(${x} ${y}) scale(${size / 1000})">${paths.join("")}</g>`;
}

/** A text in lines that are no wider than `width`; a word that is too long is cut where it must be. */
export function linesOf(text: string, size: number, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ").flatMap((one) => piecesOf(one, size, width))) {
    const longer = line ? `${line} ${word}` : word;
    if (line && widthOf(longer, size) > width) {
      lines.push(line);
      line = word;
    } else line = longer;
  }
  return line ? [...lines, line] : lines;
}

function piecesOf(word: string, size: number, width: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  for (const character of word) {
    if (piece && widthOf(piece + character, size) > width) {
      pieces.push(piece);
      piece = "";
    }
    piece += character;
  }
  return [...pieces, piece];
}
