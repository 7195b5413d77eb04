import {
  chmodSync,
  chownSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { replacePage } from "../../src/library/replace-page.ts";

let folder: string;
let page: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runbook-replace-"));
  page = join(folder, "page.md");
  writeFileSync(page, "old");
});

afterEach(() => rmSync(folder, { recursive: true }));

test("replaces the text, and leaves nothing beside the page", () => {
  replacePage(page, "new");
  expect(readFileSync(page, "utf8")).toBe("new");
  expect(readdirSync(folder)).toEqual(["page.md"]);
});

test.each(["600", "640", "664", "755"])("keeps the mode %s, whatever the umask takes away", (digits) => {
  const mode = Number.parseInt(digits, 8);
  chmodSync(page, mode);
  replacePage(page, "new");
  expect(statSync(page).mode & 0o777).toBe(mode);
});

test.runIf(process.getuid?.() === 0)("keeps the owner and the group", () => {
  chownSync(page, 65534, 1);
  replacePage(page, "new");
  expect(statSync(page)).toMatchObject({ uid: 65534, gid: 1 });
});

test("writes through a link, which stays one", () => {
  const link = join(folder, "link.md");
  symlinkSync("page.md", link);
  replacePage(link, "new");
  expect(lstatSync(link).isSymbolicLink()).toBe(true);
  expect(readFileSync(page, "utf8")).toBe("new");
});

test("is not held up by what a killed run has left beside the page", () => {
  for (const leftover of ["mending", "updating", "new", String(process.pid)]) {
    writeFileSync(`${page}.${leftover}`, "half");
  }
  replacePage(page, "new");
  expect(readFileSync(page, "utf8")).toBe("new");
});

test("leaves nothing beside the page where it cannot be replaced", () => {
  rmSync(page);
  mkdirSync(page);
  expect(() => replacePage(page, "new")).toThrow();
  expect(readdirSync(folder)).toEqual(["page.md"]);
});
