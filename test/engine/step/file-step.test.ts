import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readSaved, restoreFile } from "../../../src/engine/step/file/file-step.ts";
import { commandsFor, makeFolder, runIn, type Shell, shells } from "./shells.ts";

const isRoot = process.getuid?.() === 0;
const modeOf = (path: string): string => (statSync(path).mode & 0o7777).toString(8);

describe.each(shells)("file steps in $name", (shell: Shell) => {
  const write = (path: string, text: string, mode?: string, options = {}) =>
    runIn(shell, commandsFor(path, text, mode).write, options);
  const same = (path: string, text: string, mode?: string) =>
    runIn(shell, commandsFor(path, text, mode).guard).status === 0;

  test.each([
    ["text", undefined, "644"],
    ["text", "0600", "600"],
    ["#!/bin/sh", "0755", "755"],
    ["suid", "4755", "4755"],
    ["sticky", "1644", "1644"],
    ["nobody's", "0000", "0"],
    ["", undefined, "644"],
    ["\n\n", undefined, "644"],
    ["'quotes' $x `y` \\n \\\\ %s\r\nü", undefined, "644"],
  ])("%j with mode %s is written, byte for byte, and then its guard holds", (text, mode, permissions) => {
    const folder = makeFolder();
    const path = join(folder, "a b/c/file");
    expect(same(path, text, mode)).toBe(false);
    expect(write(path, text, mode, { before: "umask 077" })).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(path, "utf8")).toBe(text === "" ? "" : `${text}\n`);
    expect(modeOf(path)).toBe(permissions);
    expect(modeOf(join(folder, "a b"))).toBe("755");
    expect(same(path, text, mode)).toBe(true);
    expect(readdirSync(join(folder, "a b/c"))).toEqual(["file"]);
  });

  test.each([
    ["a NUL byte", Buffer.from("te\0xt\n")],
    ["a NUL byte at the end", Buffer.from("text\n\0")],
    ["no last line feed", Buffer.from("text")],
    ["one more line feed", Buffer.from("text\n\n")],
    ["a carriage return", Buffer.from("text\r\n")],
    ["another byte", Buffer.from("tex\xff\n", "latin1")],
  ])("the guard sees %s", (_what, bytes) => {
    const path = join(makeFolder(), "file");
    writeFileSync(path, bytes);
    expect(same(path, "text")).toBe(false);
    write(path, "text");
    expect(readFileSync(path, "utf8")).toBe("text\n");
  });

  test("the guard sees other permissions, and a link to the same bytes", () => {
    const folder = makeFolder();
    const path = join(folder, "file");
    write(path, "text");
    expect(same(path, "text", "0600")).toBe(false);
    expect(same(path, "text", "0644")).toBe(true);
    symlinkSync("file", join(folder, "link"));
    expect(same(join(folder, "link"), "text")).toBe(false);
  });

  test("a file keeps its owner and permissions; a link is replaced, also one to a folder", () => {
    const folder = makeFolder();
    const path = join(folder, "file");
    writeFileSync(path, "before");
    chmodSync(path, 0o640);
    if (isRoot) chownSync(path, 1234, 4321);
    write(path, "text");
    expect([modeOf(path), readFileSync(path, "utf8")]).toEqual(["640", "text\n"]);
    if (isRoot) expect(statSync(path)).toMatchObject({ uid: 1234, gid: 4321 });
    mkdirSync(join(folder, "aim"));
    for (const [name, aim] of [
      ["to-folder", "aim"],
      ["to-file", "file"],
      ["to-nothing", "nothing"],
    ] as const) {
      symlinkSync(aim, join(folder, name));
      expect(write(join(folder, name), "mine")).toMatchObject({ status: 0 });
      expect(lstatSync(join(folder, name)).isFile()).toBe(true);
    }
    expect(readdirSync(join(folder, "aim"))).toEqual([]);
    expect(readFileSync(path, "utf8")).toBe("text\n");
    expect(existsSync(join(folder, "nothing"))).toBe(false);
  });

  test.each([
    ["functions", 'for f in ls mv mkdir cat printf cd pwd rm rmdir unalias echo chmod; do eval "$f() { :; }"; done'],
    ["aliases", '[ -z "${BASH_VERSION-}" ] || shopt -s expand_aliases\nalias mv=: ls=: mkdir=: printf=: cat=:'],
    ["options and IFS", 'set -fC\nIFS=/01\nreadonly IFS\n[ -z "${BASH_VERSION-}" ] || shopt -s failglob nullglob'],
  ])("%s of the page are not in the way", (_what, before) => {
    const path = join(makeFolder(), "new folder/file");
    expect(write(path, "text", "0600", { before })).toMatchObject({ status: 0, stderr: "" });
    expect([readFileSync(path, "utf8"), modeOf(path)]).toEqual(["text\n", "600"]);
    expect(runIn(shell, commandsFor(path, "text", "0600").guard, { before }).status).toBe(0);
  });

  test("what only looks like a leftover stays", () => {
    const folder = makeFolder();
    const names = [`.runbook-${"a".repeat(31)}`, `.runbook-${"g".repeat(32)}`, `.runbook-${"b".repeat(32)}`];
    mkdirSync(join(folder, names[0] ?? ""));
    mkdirSync(join(folder, names[1] ?? ""));
    mkdirSync(join(folder, names[2] ?? ""));
    writeFileSync(join(folder, names[2] ?? "", "mine"), "");
    symlinkSync("/", join(folder, `.runbook-${"c".repeat(32)}`));
    expect(write(join(folder, "file"), "text").status).toBe(0);
    expect(readdirSync(folder)).toHaveLength(5);
    expect(existsSync(join(folder, names[2] ?? "", "mine"))).toBe(true);
  });

  test.each([
    ["a folder", (path: string) => mkdirSync(path), "is no file"],
    ["a file for a folder", (path: string) => writeFileSync(join(path, ".."), ""), "is no folder"],
    ["a link to nothing for a folder", (path: string) => symlinkSync("nothing", join(path, "..")), "link to no folder"],
  ])("%s in its place is left, with the reason", (_what, plant, words) => {
    const folder = makeFolder();
    const path = join(folder, "conf/file");
    if (words === "is no file") mkdirSync(join(folder, "conf"));
    plant(path);
    expect(write(path, "text")).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
  });

  test("undo gives back bytes, permissions, owner, links, nothing; what was changed since stays", () => {
    const folder = makeFolder();
    const bytes = Buffer.from([0, 255, 10, 13, 10]);
    const at = (name: string): string => join(folder, name);
    writeFileSync(at("file"), bytes);
    chmodSync(at("file"), 0o751);
    if (isRoot) chownSync(at("file"), 12, 34);
    symlinkSync("aim\nfeed", at("link"));
    const undo = new Map(
      ["file", "link", "new folder/in/none"].map((name) => {
        const commands = commandsFor(at(name), "text", "0600");
        const saved = readSaved(at(name), runIn(shell, commands.save).stdout);
        if (!saved) throw new Error(`${name} is not saved`);
        expect(runIn(shell, commands.write).status).toBe(0);
        return [name, restoreFile(commands, saved)] as const;
      }),
    );
    for (const [name, text] of undo)
      expect([name, runIn(shell, text)]).toMatchObject([name, { status: 0, stderr: "" }]);
    expect([readFileSync(at("file")), modeOf(at("file"))]).toEqual([bytes, "751"]);
    if (isRoot) expect(statSync(at("file"))).toMatchObject({ uid: 12, gid: 34 });
    expect(readlinkSync(at("link"))).toBe("aim\nfeed");
    expect(readdirSync(folder).sort()).toEqual(["file", "link"]);
    for (const text of undo.values()) expect([0, 9]).toContain(runIn(shell, text).status);
    writeFileSync(at("file"), "text\n\0");
    expect(runIn(shell, undo.get("file") ?? "").status).toBe(9);
    expect(readFileSync(at("file"), "latin1")).toBe("text\n\0");
  });
});
