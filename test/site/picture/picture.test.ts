import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawings } from "../../../src/site/data/drawings.ts";
import { drawPicture } from "../../../src/site/picture/draw-picture.ts";
import { linesOf, missingLetters, widthOf } from "../../../src/site/picture/letters.ts";
import { pictureWords } from "../../../src/site/picture/picture-words.ts";

const content = join(import.meta.dirname, "../../../content");
const titles = globSync("**/*.{md,mdx}", { cwd: content }).map(
  (name) => /^title: (.*)$/m.exec(readFileSync(join(content, name), "utf8"))?.[1] ?? "",
);

test("every title has letters", () => {
  expect(titles.flatMap(missingLetters)).toEqual([]);
  expect(missingLetters("a\u4e2d")).toEqual(["\u4e2d"]);
});

test("lines keep within their width, and all words", () => {
  for (const title of titles) {
    const lines = linesOf(title, 60, 640);
    expect(lines.join("").replaceAll(" ", "")).toBe(title.replaceAll(" ", ""));
    expect(Math.max(...lines.map((line) => widthOf(line, 60)))).toBeLessThanOrEqual(640);
  }
});

test("a picture needs no fonts, and shows other words otherwise", () => {
  const words = { title: "One", site: "Notes", about: "About" };
  const picture = drawPicture({ ...words, drawing: drawings.docker });
  expect(picture).not.toContain("<text");
  expect(picture).not.toBe(drawPicture({ ...words, title: "Two", drawing: drawings.docker }));
  expect(picture).not.toBe(drawPicture(words));
});

const head = (title: string) =>
  `<meta property="og:title" content="${title}"/><meta property="og:site_name" content="Notes"/>`;

test.each([
  ["docker/index.html", "", "Application containers"],
  ["lxc/lxc-new/index.html", `<script id="runbook-data">{"id":"lxc-new"`, "LXC · ./runbook exec lxc-new"],
  ["fix/some-error/index.html", "", "Fix an error"],
  ["index.html", "", "Explained, compared, and run as written"],
  ["compare/index.html", "", "Explained, compared, and run as written"],
])("%s says what it is about", (file, more, about) => {
  expect(pictureWords(file, head("A") + more).about).toBe(about);
});

test("a title is read as it is meant", () => {
  expect(pictureWords("index.html", head("&quot;a&quot; &#38; &#x3c;b>")).title).toBe('"a" & <b>');
});
