import { chmodSync, chownSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { openStateDir, stateDir } from "../../../src/engine/journal/state-dir.ts";

let base: string;
beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "runbook-dir-"));
});
afterEach(() => rmSync(base, { recursive: true }));

const mode = (path: string) => (statSync(path).mode & 0o7777).toString(8);
const unsafe = (reason: string) =>
  expect.objectContaining({ code: "state-dir-unsafe", message: expect.stringContaining(reason) });

test.each([
  [{ RUNBOOK_STATE_DIR: "/x/y" }, 1000, "/x/y"],
  [{ RUNBOOK_STATE_DIR: "/x/y" }, 0, "/x/y"],
  [{ RUNBOOK_STATE_DIR: "", XDG_STATE_HOME: "/xdg" }, 0, "/var/lib/runbook"],
  [{ HOME: "/home/me", XDG_STATE_HOME: "/xdg" }, 1000, "/xdg/runbook"],
  [{ HOME: "/home/me", XDG_STATE_HOME: "relative" }, 1000, "/home/me/.local/state/runbook"],
  [{ HOME: "/home/me" }, 1000, "/home/me/.local/state/runbook"],
])("with %o and user %i, state lies in %s", (env, uid, dir) => {
  expect(stateDir(env, uid)).toBe(dir);
});

test("a relative directory is taken from the working directory", () => {
  expect(stateDir({ RUNBOOK_STATE_DIR: "here" }, 1000)).toBe(join(process.cwd(), "here"));
});

test("a new directory is closed to others, whatever the umask, with those above it", () => {
  const before = process.umask(0);
  try {
    openStateDir(join(base, "a/b"));
  } finally {
    process.umask(before);
  }
  expect([mode(join(base, "a")), mode(join(base, "a/b"))]).toEqual(["700", "700"]);
});

test("one that is there is closed to readers when it holds nothing else", () => {
  const [empty, other] = [join(base, "empty"), join(base, "other")];
  for (const dir of [empty, other]) mkdirSync(dir, { mode: 0o755 });
  writeFileSync(join(other, "notes.txt"), "");
  openStateDir(empty);
  openStateDir(other);
  expect([mode(empty), mode(other)]).toEqual(["700", "755"]);
});

test("a directory that others may write to is refused, and one below such", () => {
  const open = join(base, "open");
  mkdirSync(join(open, "mine"), { recursive: true });
  for (const bits of [0o777, 0o770, 0o720, 0o702]) {
    chmodSync(open, bits);
    expect(() => openStateDir(open)).toThrow(unsafe(`others may write to ${open}`));
    expect(() => openStateDir(join(open, "mine"))).toThrow(unsafe(`others may write to ${open}`));
  }
  const hint = (words: string) => expect.objectContaining({ hint: expect.stringContaining(words) });
  expect(() => openStateDir(open)).toThrow(hint("in a folder where nobody else may write"));
  chmodSync(open, 0o1777);
  expect(() => openStateDir(open)).toThrow(unsafe("others may write"));
  expect(() => openStateDir(open)).toThrow(hint(`RUNBOOK_STATE_DIR=${open}/runbook`));
  openStateDir(join(open, "runbook"));
  chmodSync(join(open, "runbook"), 0o777);
  expect(() => openStateDir(join(open, "runbook"))).toThrow(hint("chmod go-w"));
  expect(openStateDir(join(open, "mine"))).toBe(join(open, "mine")); // as in /tmp
});

test("a link leads to the directory whose owner and mode count", () => {
  const open = join(base, "open");
  mkdirSync(open);
  chmodSync(open, 0o777);
  symlinkSync(open, join(base, "link"));
  expect(() => openStateDir(join(base, "link"))).toThrow(unsafe("others may write"));
});

test.runIf(process.getuid?.() === 0)("another user's directory is refused, and one below such", () => {
  const theirs = join(base, "theirs");
  mkdirSync(join(theirs, "mine"), { recursive: true });
  chownSync(theirs, 12345, 12345);
  expect(() => openStateDir(theirs)).toThrow(unsafe("belongs to another user"));
  expect(() => openStateDir(join(theirs, "mine"))).toThrow(unsafe("belongs to another user"));
});

test("what can't be a directory is told", () => {
  writeFileSync(join(base, "file"), "");
  expect(() => openStateDir(join(base, "file"))).toThrow(
    expect.objectContaining({ code: "state-dir-unusable", exitCode: 3 }),
  );
  for (const dir of [join(base, "file/below"), "/proc/none/state"]) {
    expect(() => openStateDir(dir)).toThrow(expect.objectContaining({ code: "state-dir-unusable" }));
  }
});
