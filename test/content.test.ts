import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { anchorOf } from "../src/site/markdown/links/headings.ts";

const content = join(import.meta.dirname, "../content");
const concepts = globSync("*/index.mdx", { cwd: content }).sort();
const fixes = globSync("fix/*.mdx", { cwd: content }).sort();
const textOf = (page: string) => readFileSync(join(content, page), "utf8");

/** The sections of a system's page, in order. */
const sections = [
  "How it works",
  "What it is for and what not",
  "Isolation and its limits",
  "Guests and architectures",
  "Networking",
  "Storage",
  "Management tools",
  "Licence and who maintains it",
  "State today",
  "First commands",
  "When it fails",
  "Sources",
];

describe.each(concepts)("%s", (page) => {
  test("has a judgement, a drawing, and the same sections as the others", () => {
    const [, opening, ...rest] = textOf(page)
      .split(/^---$|^<Drawing .*\/>$/m)
      .slice(1);
    expect(opening).toMatch(/\b(best|first choice)\b.*\btake\b/is);
    expect(
      rest
        .join()
        .match(/^## .+$/gm)
        ?.map((heading) => heading.slice(3)),
    ).toEqual(sections);
  });

  test("says as of when it holds", () => {
    expect(textOf(page)).toMatch(/As of November 2026/);
  });
});

/** The steps of a page's runbook and the sections whose commands never run, as other pages name them. */
function placesOf(page: string): string[] {
  const text = textOf(page);
  const id = /^ {2}id: (.+)$/m.exec(text)?.[1];
  const steps = Array.from(text.matchAll(/^```[a-z-]+ step="([^"]+)"/gm), ([, step]) => `${id}/${step}`);
  const sections = text.split(/^## /m).filter((section) => /^```[a-z]+ norun="/m.test(section));
  const anchors = sections.map((section) => anchorOf(section.split("\n")[0] ?? ""));
  return [...steps, ...anchors.map((anchor) => `${page.replace(/\.mdx?$/, "")}#${anchor}`)];
}

/** The page of a place that a page names: its runbook, or itself. */
const pageOf = (place: string) => (place.includes("#") ? place.split("#") : place.split("/"))[0];

test("pages show commands that there are, and of one page at a time", () => {
  const known = new Set(globSync("*/*.{md,mdx}", { cwd: content }).flatMap(placesOf));
  const shown = concepts.flatMap((page) =>
    Array.from(textOf(page).matchAll(/<StepCommands steps="([^"]*)" \/>/g), ([, steps = ""]) => steps.split(" ")),
  );
  expect(shown.length).toBeGreaterThan(0);
  expect(shown.flat().filter((step) => !known.has(step))).toEqual([]);
  expect(shown.map((places) => new Set(places.map(pageOf)).size)).toEqual(shown.map(() => 1));
});

const settings = globSync("**/*.{md,mdx}", { cwd: content }).filter((page) =>
  textOf(page).includes('title="/etc/docker/daemon.json"'),
);

test.each(settings)("%s says that a key of Docker's settings is merged into the file that is there", (page) => {
  expect(textOf(page)).toMatch(/\bmerged?\b[^\n]*\(\.\.\/docker\/index\.mdx#change-daemonjson\)/);
});

describe.each(fixes)("%s", (page) => {
  test("says how to see the fault, how to cure it and when it is cured", () => {
    // One that runs brings the error about first, and keeps what the runner asks in one section.
    const runs = /^runbook:$/m.test(textOf(page));
    const headings = textOf(page).match(/^## .+$/gm);
    const first = [...(runs ? ["## Bring it about"] : []), "## See that it is this", "## Cure"];
    const last = ["## Cured when", ...(runs ? ["## Checks and way back"] : []), "## Sources"];
    expect(headings?.slice(0, first.length)).toEqual(first);
    expect(headings?.slice(-last.length)).toEqual(last);
  });

  test("leads back to a system, and that system's page to it", () => {
    const systems = [...textOf(page).matchAll(/\.\.\/([a-z-]+)\/index\.mdx/g)].map(([, name]) => `${name}/index.mdx`);
    const leading = concepts.filter((concept) => textOf(concept).includes(`../${page}`));
    expect(leading).not.toEqual([]);
    expect(leading.some((concept) => systems.includes(concept))).toBe(true);
  });
});
