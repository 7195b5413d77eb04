import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { base, built } from "./build-site.ts";

test("a runbook page has at most 8 KB of script for its form, its copies and its ticks", () => {
  const page = readFileSync(join(built, "lxc/lxc-new/index.html"), "utf8");
  const scripts = Array.from(page.matchAll(/<script type="module" src="([^"]*)"/g), ([, path = ""]) => path);
  const own = scripts.filter((path) => path.includes("RunbookPanel"));
  expect(own).toHaveLength(1);
  const [path = ""] = own;
  expect(readFileSync(join(built, path.slice(base.length))).length).toBeLessThanOrEqual(8 * 1024);
});
