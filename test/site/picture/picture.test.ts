import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { drawings } from "../../../src/site/data/drawing/drawings.ts";
import { drawPicture } from "../../../src/site/picture/draw-picture.ts";
import { countLines, missingLetters } from "../../../src/site/picture/lettering.ts";
import { pictureWords } from "../../../src/site/picture/picture-words.ts";

const content = join(import.meta.dirname, "../../../content");
const titles = globSync("**/*.{md,mdx}", { cwd: content }).map(
  (name) => /^title: (.*)$/m.exec(readFileSync(join(content, name), "utf8"))?.[1] ?? "",
);

test("every title has letters", async () => {
  expect(await missingLetters(titles.join(" "))).toEqual([]);
  expect(await missingLetters("a\u4e2d")).toEqual(["\u4e2d"]);
});

test("a title takes more lines in larger letters, and a word that is too long is broken", async () => {
  const title = "Run a container whose files are those of the host";
  expect(await countLines("One", 72, 640)).toBe(1);
  expect(await countLines(title, 72, 640)).toBeGreaterThan(await countLines(title, 36, 640));
  expect(await countLines("x".repeat(60), 60, 640)).toBeGreaterThan(2);
});

test("every title has room in its picture", async () => {
  const longest = titles.toSorted((one, other) => other.length - one.length).slice(0, 3);
  for (const title of longest) expect(await countLines(title, 36, 640)).toBeLessThanOrEqual(7);
});

test("a picture needs no fonts, and shows other words otherwise", async () => {
  const words = { title: "One", site: "Notes", about: "About" };
  const picture = await drawPicture({ ...words, drawing: drawings.docker });
  expect(picture).not.toContain("<text");
  expect(picture).not.toBe(await drawPicture({ ...words, title: "Two", drawing: drawings.docker }));
  expect(picture).not.toBe(await drawPicture(words));
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
