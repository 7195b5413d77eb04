import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";

const root = process.getuid?.() === 0;
const folder = "/run/lock";

/** Plants something where runs keep what they say of themselves; what was there comes back after the test. */
function plant(name: string, make: (path: string) => void): void {
  const path = join(folder, name);
  const aside = existsSync(path) ? `${path}.aside` : undefined;
  if (aside) renameSync(path, aside);
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
    if (aside) renameSync(aside, path);
  });
  make(path);
}

const fifo = (path: string): void => void spawnSync("mkfifo", [path]);

const planted: [string, (path: string, victim: string) => void][] = [
  ["a link to a file of root's", (path, victim) => symlinkSync(victim, path)],
  ["a link to a folder", (path) => symlinkSync("/etc", path)],
  ["a pipe", fifo],
  ["a file", (path) => writeFileSync(path, "run=x by=y pid=1 since=z\n")],
  [
    "another user's folder with a pipe in it",
    (path) => {
      mkdirSync(path);
      fifo(join(path, "holder"));
      spawnSync("chown", ["-R", "nobody", path]);
    },
  ],
];

test
  .skipIf(!root)
  .each(
    ["runbook.lock", "runbook.0", "runbook.65534"].flatMap((name) =>
      planted.map(([what, make]) => ({ name, what, make })),
    ),
  )(
  "$what planted as $name: the run is locked all the same, nothing is written there, nothing hangs",
  async ({ name, make }) => {
    const { work } = makePlace({});
    const wait = `n=0\nuntil [ -e ${work}/release ] || [ $((n += 1)) -gt 300 ]; do sleep 0.1; done`;
    const place = makePlace({ "page.md": pageOf([['sh step="a"', wait]]) });
    const victim = join(place.work, "victim");
    writeFileSync(victim, "precious\n");
    plant(name, (path) => make(path, victim));
    let second: Promise<unknown> | undefined;
    const other = { ...place, state: join(place.state, "other") };
    mkdirSync(other.state, { recursive: true, mode: 0o700 });
    const first = await runPage(place, {
      onEvent: (event) => {
        if (event.type === "step-started")
          second = runPage(other, { impatient: true })
            .catch((error: unknown) => error)
            .finally(() => writeFileSync(join(work, "release"), ""));
      },
    });
    expect(first.result.outcome).toBe("passed");
    expect(readFileSync(victim, "utf8")).toBe("precious\n");
    expect(await second).toMatchObject({ code: "host-held" });
  },
);

test.skipIf(!root)("a host without flock is asked about, and used unlocked only where somebody says so", () => {
  const place = makePlace({ "page.md": pageOf([['sh step="a"', "echo ran"]]) });
  const runner = join(import.meta.dirname, "../../support/runner.ts");
  const without = (yes: boolean) =>
    spawnSync(
      "unshare",
      [
        "--mount",
        "sh",
        "-c",
        'mount --bind /dev/null "$(command -v flock)" && exec "$@"',
        "sh",
        process.execPath,
        runner,
        JSON.stringify({ place, options: { yes } }),
      ],
      { encoding: "utf8" },
    );
  const refused = without(false);
  expect(refused.stdout).not.toContain("ran");
  expect(refused.stderr).toContain("could not be locked");
  expect(without(true).stdout).toContain('"text":"ran\\n"');
});
