import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { isAlive } from "../../support/processes.ts";
import { makePlace, type Place, pageOf, runPage } from "../../support/run-page.ts";

const run = (steps: [string, string][], targets: Record<string, string>, options = {}) => {
  const head = Object.entries(targets).map(([name, command]) => `    ${name}: ${JSON.stringify(command)}\n`);
  const place = makePlace({ "page.md": pageOf(steps, `  targets:\n${head.join("")}`) });
  return runPage(place, { keepGoing: true, ...options });
};

test("a target has a shell and state of its own", async () => {
  const done = await run(
    [
      ['sh step="a"', "x=host\ncd /usr"],
      ['sh step="b" on="inner"', "x=inner\ncd /tmp"],
      ['sh step="c"', 'echo "$x"\npwd'],
      ['sh step="d" on="inner"', 'echo "$x"\npwd'],
    ],
    { inner: "env INNER=yes" },
  );
  expect(done.output("c") + done.output("d")).toBe("host\n/usr\ninner\n/tmp\n");
});

test("a target sees the fixed environment, not the caller's", async () => {
  process.env["CALLERS_OWN"] = "leak";
  const done = await run(
    [
      ['sh step="a"', 'echo "${CALLERS_OWN-none} $PATH $HOME $LANG $TERM $DEBIAN_FRONTEND"'],
      ['sh step="b" on="inner"', 'echo "${CALLERS_OWN-none} $PATH $HOME $LANG $TERM $DEBIAN_FRONTEND"'],
    ],
    { inner: "unshare --mount" },
  );
  delete process.env["CALLERS_OWN"];
  expect(done.output("a")).toMatch(
    /^none (\/usr\/local\/sbin:)?\/usr\/local\/bin:\S+ \/\S+ C.UTF-8 dumb noninteractive\n$/,
  );
  expect(done.output("b")).toBe(done.output("a"));
});

test("a mount namespace is a target of its own, and what is mounted there stays there", async () => {
  const { work } = makePlace({});
  const page = pageOf(
    [
      ['sh step="a" on="private"', 'mount -t tmpfs none "$DIR"\ntouch "$DIR/there"'],
      ['sh step="b" on="private"', 'ls "$DIR"'],
      ['sh step="c"', 'ls "$DIR"'],
      ['ini step="f" on="private" file="$DIR/file"', "text"],
      ['sh step="g" on="private"', 'cat "$DIR/file"'],
      ['sh step="h"', 'ls "$DIR"'],
    ],
    `  params:\n    DIR: { default: "${work}" }\n  targets:\n    private: unshare --mount\n`,
  );
  const done = await runPage(makePlace({ "page.md": page }));
  expect([..."abcfgh"].map((step) => done.output(step))).toEqual(["", "there\n", "", "", "text\n", ""]);
});

/** A root folder in which there is nothing but busybox. */
function busyboxRoot(place: Place): string {
  const root = join(place.work, "root");
  for (const folder of ["bin", "proc", "tmp", "dev", "etc"]) mkdirSync(join(root, folder), { recursive: true });
  const linked = execFileSync("ldd", ["/bin/busybox"], { encoding: "utf8" }).match(/\/\S+/g) ?? [];
  for (const file of ["/bin/busybox", ...linked]) {
    mkdirSync(join(root, dirname(file)), { recursive: true });
    copyFileSync(file, join(root, file));
  }
  const script = `for a in $(/bin/busybox --list); do /bin/busybox ln -sf busybox ${root}/bin/$a; done`;
  writeFileSync(join(place.work, "fill"), script);
  return root;
}

const withoutBash = (root: string): string =>
  `unshare --mount sh -c 'mount -t proc proc "$0/proc" && mount --bind /dev "$0/dev" && exec chroot "$0" /bin/busybox "$@"' ${root}`;

test("a target without bash: state, failures, exits, guards, timeouts and files", async () => {
  const place = makePlace({});
  const root = busyboxRoot(place);
  const steps: [string, string][] = [
    ['sh step="fill"', `sh ${place.work}/fill`],
    ['sh step="a" on="box"', 'command -v bash && exit 1\nx="a  b\'c"\ncd /tmp\numask 027\nexport E=e'],
    ['sh step="b" on="box"', 'echo "$x"; pwd; umask; sh -c \'echo "$E"\'; echo err >&2'],
    ['sh step="c" on="box"', "y=1\n\nfalse\necho no"],
    ['sh step="d" on="box"', 'echo "$x $y"'],
    ['sh step="e" on="box"', "exit 3"],
    ['sh step="f" on="box"', 'echo "$nothing"'],
    ['sh step="g" on="box"', "kill -9 $$"],
    ['sh step="h" on="box"', 'echo "$x"; cat; printf last'],
    ['sh step="i" on="box"', "echo guarded"],
    ['sh guard="i"', "x=changed\ncd /\ntrue"],
    ['sh step="j" on="box"', 'echo "$x"; pwd'],
    ['sh step="k" on="box" timeout="500ms"', "sleep 100 & sleep 100"],
    ['ini step="l" on="box" file="/etc/deep/conf" mode="0600"', "key = 'v' \\ $x"],
    ['sh step="m" on="box"', "cat /etc/deep/conf; stat -c %a /etc/deep/conf"],
    ['sh step="n" on="box" sets="IP"', "IP='10.0.3.7 \"x\"'"],
    ['sh step="o"', 'echo "$IP"'],
    ['sh step="p" on="box"', 'echo "$IP"; head -c 300000 /dev/zero | tr "\\0" x'],
  ];
  const done = await run(steps, { box: withoutBash(root) });
  const end = (step: string) => {
    const { outcome, exitCode, error } = done.steps.get(`page/${step}`) ?? {};
    return outcome === "failed" ? `${error?.code} ${exitCode}` : outcome;
  };
  expect([..."abcdefgh"].map(end)).toEqual([
    "passed",
    "passed",
    "command-failed 1",
    "passed",
    "command-failed 3",
    expect.stringMatching(/^command-failed [12]$/),
    "shell-died 137",
    "passed",
  ]);
  expect(done.output("b")).toBe("a  b'c\n/tmp\n0027\ne\n");
  expect(done.output("b", "stderr")).toBe("err\n");
  expect([done.output("c"), done.output("d"), done.output("h")]).toEqual(["", "a  b'c 1\n", "a  b'c\nlast"]);
  expect(done.steps.get("page/i")).toMatchObject({ outcome: "skipped", reason: "guard" });
  expect(done.output("j")).toBe("a  b'c\n/tmp\n");
  expect(end("k")).toMatch(/^timeout/);
  expect(done.output("m")).toBe("key = 'v' \\ $x\n600\n");
  expect(done.output("o") + done.output("p").slice(0, 13)).toBe('10.0.3.7 "x"\n10.0.3.7 "x"\n');
  expect(done.output("p")).toHaveLength(300_013);
});

test("a target that can't be entered has nothing done, and its step fails with what its command said", async () => {
  const done = await run(
    [
      ['sh step="a" on="gone"', "echo no"],
      ['sh guard="a"', "true"],
      ['sh step="b"', "echo on"],
    ],
    { gone: "sh -c 'echo \"no such machine\" >&2; exit 1'" },
  );
  expect(done.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "target-unreachable" } });
  expect(done.steps.get("page/a")?.error?.message).toContain("no such machine");
  expect(done.output("b")).toBe("on\n");
});

/** A machine of sorts: a PID namespace, which ends with its first process, whose id is in the file `m`. */
const boot = (work: string): string =>
  `rm -f ${work}/m\nunshare --pid --fork --mount-proc --kill-child sh -c 'readlink /proc/self >/dev/null; exec sleep 60' &\nwhile ! pgrep -P $! >${work}/m; do sleep 0.05; done`;
const machine = (work: string): string => `sh -c 'exec nsenter --target "$(cat ${work}/m)" --pid --mount "$@"' enter`;

test("a target that another target's step restarts is entered again with its state", async () => {
  const { work } = makePlace({});
  const done = await run(
    [
      ['sh step="boot"', boot(work)],
      ['sh step="a" on="machine"', "x=1\ncd /usr\nf() { echo f; }"],
      ['sh step="restart"', `kill -9 "$(cat ${work}/m)"\n${boot(work)}`],
      ['sh step="b" on="machine"', 'echo "$x"\npwd\nf'],
    ],
    { machine: machine(work) },
  );
  expect(done.output("b")).toBe("1\n/usr\nf\n");
  expect(isAlive(readFileSync(join(work, "m"), "utf8").trim())).toBe(false);
});

test("a target that is destroyed under a step fails that step, and the run goes on", async () => {
  const { work } = makePlace({});
  const begun = performance.now();
  const done = await run(
    [
      ['sh step="boot"', boot(work)],
      ['sh step="a" on="machine"', "x=1"],
      ['sh step="later"', `(sleep 1; kill -9 "$(cat ${work}/m)") &`],
      ['sh step="b" on="machine"', "x=2\necho begun\nsleep 50"],
      ['sh step="c" on="machine"', 'echo "$x"'],
      ['sh step="again"', boot(work)],
      ['sh step="d" on="machine"', 'echo "$x"'],
    ],
    { machine: machine(work) },
  );
  expect(performance.now() - begun).toBeLessThan(40_000);
  expect(done.steps.get("page/b")).toMatchObject({ outcome: "failed", error: { code: "target-lost" } });
  expect(done.steps.get("page/c")).toMatchObject({ outcome: "failed", error: { code: "target-unreachable" } });
  expect([done.output("b"), done.output("d")]).toEqual(["begun\n", "1\n"]);
});

test("a target's shell starts in the home folder of its user, not where the caller is", async () => {
  const done = await run(
    [
      ['sh step="a"', '[ "$PWD" = "$(cd ~ && pwd)" ] && pwd'],
      ['sh step="b" on="inner"', "pwd"],
    ],
    { inner: "env --chdir=/usr" },
  );
  expect(done.output("a")).toMatch(/^\/.*\n$/);
  expect(done.output("b")).toBe(done.output("a"));
});

test("a command that leaves descriptors of its own open leads to a target like any other", async () => {
  const target = `bash -c 'exec 10</dev/null 11>/dev/null 12>/dev/null 13</dev/null; exec "$@"' enter`;
  const done = await run(
    [
      ['sh step="a" on="inner"', "x=1\necho one"],
      ['sh step="b" on="inner"', 'echo "$x"\nfalse'],
      ['sh step="c" on="inner"', 'echo "$x"'],
    ],
    { inner: target },
  );
  expect([..."abc"].map((step) => done.output(step))).toEqual(["one\n", "1\n", "1\n"]);
});
