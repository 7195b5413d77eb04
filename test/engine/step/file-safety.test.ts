import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readRefused } from "../../../src/engine/step/file/file-step.ts";
import { commandsFor, makeFolder, runIn, type Shell, shells, withCommands } from "./shells.ts";

const isRoot = process.getuid?.() === 0;

const write = (shell: Shell, path: string, text: string, mode?: string, options = {}) =>
  runIn(shell, commandsFor(path, text, mode).write, options);

// busybox takes its own tools before those of the path, so nothing can be put before them.
const watched = shells.filter(({ name }) => name !== "busybox");

describe.each(watched)("file steps that are watched, in $name", (shell) => {
  test("what is written is nobody else's until it is whole and has its permissions", () => {
    const folder = makeFolder();
    const log = join(folder, "log");
    const path = withCommands(
      folder,
      shell,
      ["mkdir", "cp", "chmod", "mv", "rmdir"],
      `find ${folder}/conf -mindepth 1 -name '.*' -prune -printf '%y %m %f\\n' >>${log}\nreal "$@"`,
    );
    mkdirSync(join(folder, "conf"));
    expect(write(shell, join(folder, "conf/key"), "secret", "0600", { path })).toMatchObject({ status: 0 });
    expect(write(shell, join(folder, "conf/key"), "other", "0640", { path })).toMatchObject({ status: 0 });
    const seen = readFileSync(log, "utf8").trim().split("\n");
    expect(seen.length).toBeGreaterThan(4);
    for (const line of seen) expect(line).toMatch(/^d 700 \.runbook-[0-9a-f]{32}$/);
    expect(new Set(seen).size).toBe(2);
  });

  test.each(["KILL", "TERM"])("SIG%s before any command leaves the old file or the new one, and no more", (signal) => {
    for (let at = 1; at < 40; at += 1) {
      const folder = makeFolder();
      const conf = join(folder, "conf");
      mkdirSync(conf);
      writeFileSync(join(conf, "file"), "old\n");
      const path = withCommands(
        folder,
        shell,
        ["ls", "mkdir", "cp", "chmod", "mv", "rm", "rmdir"],
        `echo >>${folder}/count\n[ $(wc -l <${folder}/count) != ${at} ] || kill -s ${signal} $PPID\nreal "$@"`,
      );
      write(shell, join(conf, "file"), "new", "0640", { path });
      expect(readFileSync(join(conf, "file"), "utf8")).toMatch(/^(old|new)\n$/);
      const left = readdirSync(conf).filter((name) => name !== "file");
      if (signal !== "KILL") expect(left).toEqual([]);
      // A run that follows asks the guard first.
      runIn(shell, commandsFor(join(conf, "file"), "new", "0640").guardAndTidy);
      expect(readdirSync(conf)).toEqual(["file"]);
      if (readFileSync(join(folder, "count"), "utf8").length < at) return;
    }
    throw new Error("It runs too many commands.");
  });

  test.runIf(isRoot)(
    "its owner's own file is written for that owner, and a swapped folder changes nothing elsewhere",
    () => {
      for (const command of ["ls", "mkdir", "cp", "chmod", "mv"]) {
        const { folder, app } = home();
        const victim = join(folder, "victim");
        mkdirSync(victim);
        for (const place of [app, victim]) writeFileSync(join(place, "file"), "old\n");
        chownSync(join(app, "file"), alice, alice);
        const script = `[ $name != ${command} ] || [ -e ${folder}/moved ] || { /bin/mv ${app} ${folder}/moved; /bin/ln -s victim ${app} && /bin/chown -h ${alice} ${app}; }\nreal "$@"`;
        const path = withCommands(folder, shell, ["ls", "mkdir", "cp", "chmod", "mv"], script);
        write(shell, join(app, "file"), "new", "0640", { path });
        expect(readFileSync(join(victim, "file"), "utf8")).toBe("old\n");
        expect(readdirSync(victim)).toEqual(["file"]);
        expect(readFileSync(join(folder, "moved/file"), "utf8")).toMatch(/^(old|new)\n$/);
      }
    },
  );
});

const alice = 4242;

/** A folder of another user's, in which that user may do as they like. */
function home(): { folder: string; app: string } {
  const folder = makeFolder();
  chmodSync(folder, 0o755);
  const app = join(folder, "app");
  mkdirSync(app);
  chownSync(app, alice, alice);
  return { folder, app };
}

describe.runIf(isRoot).each(shells)("file steps of root, in $name", (shell) => {
  test("a folder of another user's is refused, and one that all may write, before anything is made there", () => {
    const { folder, app } = home();
    const all = join(folder, "all");
    mkdirSync(all);
    chmodSync(all, 0o777);
    for (const [path, words] of [
      [join(app, "file"), `${app} belongs to the user ${alice}`],
      [join(app, "deeper/file"), `${app} belongs to the user ${alice}`],
      [join(all, "file"), `All users may write to ${all}`],
    ] as const) {
      expect(write(shell, path, "text")).toMatchObject({ status: 1, stderr: expect.stringContaining(words) });
      expect(readRefused(runIn(shell, commandsFor(path, "text").save).stdout)).toContain(words);
      expect(existsSync(path)).toBe(false);
    }
    expect([readdirSync(app), readdirSync(all)]).toEqual([[], []]);
    chmodSync(all, 0o1777);
    expect(write(shell, join(all, "file"), "text").status).toBe(0);
  });

  test("a link on the way is followed where root made it, and not where somebody else did", () => {
    const { folder, app } = home();
    const etc = join(folder, "etc");
    mkdirSync(etc);
    symlinkSync("etc", join(folder, "by-root"));
    symlinkSync(`${folder}/by-root/../etc`, join(folder, "again"));
    expect(write(shell, join(folder, "again/one/file"), "text").status).toBe(0);
    expect(readFileSync(join(etc, "one/file"), "utf8")).toBe("text\n");
    symlinkSync("../etc", join(app, "etc"));
    expect(write(shell, join(app, "etc/two"), "text").status).toBe(1);
    expect(readdirSync(etc)).toEqual(["one"]);
  });

  test("a user writes in their own folder, and a link that another planted there is replaced", () => {
    const { folder, app } = home();
    writeFileSync(join(folder, "victim"), "root's");
    symlinkSync("../victim", join(app, "file"));
    expect(write(shell, join(app, "file"), "text", "0600", { user: alice })).toMatchObject({ status: 0, stderr: "" });
    expect(readFileSync(join(folder, "victim"), "utf8")).toBe("root's");
    expect(lstatSync(join(app, "file"))).toMatchObject({ uid: alice });
  });
});
