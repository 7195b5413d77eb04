import { spawn, spawnSync } from "node:child_process";
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

test.skipIf(!root)(
  "whatever other users plant where runs name themselves, a second run is told in time, and meets no link",
  async () => {
    const { work } = makePlace({});
    const place = makePlace({
      "page.md": pageOf([['sh step="a"', `until [ -e ${work}/release ]; do sleep 0.1; done`]]),
    });
    for (let user = 70_000; user < 70_040; user++) {
      plant(`runbook.${user}`, (path) => {
        mkdirSync(path);
        fifo(join(path, "holder"));
      });
    }
    const words = join(work, "words");
    writeFileSync(words, "run=linked by=y pid=1 since=z\n");
    plant("runbook.70040", (path) => {
      mkdirSync(path);
      symlinkSync(words, join(path, "holder"));
    });
    plant("runbook.70041", (path) => symlinkSync(work, path));
    writeFileSync(join(work, "holder"), "run=linked by=y pid=1 since=z\n");
    let second: unknown;
    await runPage(place, {
      onEvent: (event) => {
        if (event.type === "step-started")
          void runPage({ ...place, state: join(work, "other") }, { impatient: true })
            .catch((error: unknown) => {
              second = error;
            })
            .finally(() => writeFileSync(join(work, "release"), ""));
      },
    });
    expect(second).toMatchObject({ code: "host-held", message: expect.not.stringContaining("linked") });
  },
);

test.skipIf(!root)("Ctrl-C ends a run whose host does not answer about its lock", async () => {
  const { work } = makePlace({});
  const place = makePlace({ "page.md": pageOf([['sh step="a"', "echo ran"]]) });
  const hangs = join(work, "flock");
  writeFileSync(hangs, `#!/bin/sh\n: >${work}/asked\nexec sleep 50\n`, { mode: 0o755 });
  const script = 'mount --bind "$0" "$(command -v flock)" && exec "$@"';
  const words = [
    process.execPath,
    join(join(import.meta.dirname, "../../../.."), "src/cli/start.cjs"),
    "exec",
    "page",
    "--content",
    place.content,
  ];
  const runner = spawn("unshare", ["--mount", "sh", "-c", script, hangs, ...words], {
    env: { ...process.env, RUNBOOK_STATE_DIR: place.state },
    stdio: "ignore",
  });
  const ended = new Promise<number | null>((resolve) => runner.on("close", resolve));
  while (!existsSync(join(work, "asked"))) await new Promise((resolve) => setTimeout(resolve, 50));
  runner.kill("SIGINT");
  expect(await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 30_000, "hangs"))])).toBe(130);
});

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
