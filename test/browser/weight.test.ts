import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { base, built } from "./support/build-site.ts";

/** A script's file and those that it needs before it runs, but not what it loads on use. */
function withImports(file: string, found = new Set<string>()): Set<string> {
  found.add(file);
  const imports = readFileSync(file, "utf8").matchAll(/\bimport\b[^("'`]*["'`](\.[^"'`]*)["'`]/g);
  for (const [, path = ""] of imports) withImports(join(dirname(file), path), found);
  return found;
}

test("a runbook page has at most 8 KB of script for its form, its copies and its ticks", () => {
  const page = readFileSync(join(built, "lxc/lxc-new/index.html"), "utf8");
  const paths = Array.from(page.matchAll(/<script type="module" src="([^"]*)"/g), ([, path = ""]) => path);
  const filesOf = (wanted: (path: string) => boolean): Set<string> =>
    new Set(paths.filter(wanted).flatMap((path) => [...withImports(join(built, path.slice(base.length)))]));
  const isOwn = (path: string): boolean => path.includes("RunbookPanel");
  // What the search brings to every page is no part of the form's weight.
  const everyPage = filesOf((path) => !isOwn(path));
  const own = [...filesOf(isOwn)].filter((file) => !everyPage.has(file));
  expect(own).not.toEqual([]);
  const bytes = own.map((file) => readFileSync(file).length);
  expect(bytes.reduce((sum, length) => sum + length, 0)).toBeLessThanOrEqual(8 * 1024);
});

test("what scripts load on use has no styles, which nothing would load before it", () => {
  const scripts = globSync("_astro/*.js", { cwd: built }).map((name) => readFileSync(join(built, name), "utf8"));
  const lists = scripts.flatMap((script) => script.match(/__vite__mapDeps=[^;]*;/g) ?? []);
  expect(lists.filter((list) => list.includes(".css"))).toEqual([]);
});

test("a page brings no text of a copy button that its data has", () => {
  const page = readFileSync(join(built, "lxc/lxc-new/index.html"), "utf8");
  const blocks = page.split("<figure").filter((block) => /^[^>]* data-block=/.test(block));
  expect(blocks.length).toBeGreaterThan(20);
  expect(blocks.filter((block) => block.split("</figure>")[0]?.includes("data-code="))).toEqual([]);
});
