import { once } from "node:events";
import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { type AddressInfo, createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openHost } from "../../../../src/engine/target/host.ts";
import { runKilled } from "../../support/killed.ts";
import { endOnly, ownSleep, processesOf } from "../../support/processes.ts";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";
import { hasSshd, startSshd } from "../../support/sshd.ts";

const ended = async (work: string): Promise<string[]> => {
  for (let tries = 0; tries < 80 && processesOf(work).length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  return processesOf(work);
};

test.skipIf(!hasSshd)("a host over ssh: one connection, state, targets, files, undo, all as here", async () => {
  const far = await startSshd();
  const { work } = makePlace({});
  process.env["CALLERS_OWN"] = "leak";
  const place = makePlace({
    "page.md": pageOf(
      [
        ['sh step="a"', 'x="a  b"\ncd /usr\necho "${SSH_CONNECTION-}" | wc -w\necho "${CALLERS_OWN-none}"'],
        ['sh step="b"', 'echo "$x"\npwd\nhead -c 300000 /dev/zero | tr "\\0" x\nprintf "\\xe2\\x82\\xac" >&2'],
        ['sh step="c" on="inner"', 'echo "$V"'],
        ['sh step="fail"', "true\nfalse"],
        ['sh step="d" sets="IP"', "IP=10.0.3.7"],
        ['ini step="file" file="$WORK/conf"', "ip = $IP"],
        [
          'sh step="slow" timeout="500ms"',
          `setsid env -i /bin/sh -c 'while sleep 0.1; do : bare; done' ${work} &\nsleep 60`,
        ],
        ['sh step="e"', 'echo "$x"'],
      ],
      `  params:\n    WORK: { default: "${work}" }\n    V: { default: "it's \\"v\\"" }\n  targets:\n    inner: env INNER=1\n`,
    ),
  });
  const done = await runPage(place, { host: far.name, keepGoing: true });
  delete process.env["CALLERS_OWN"];
  expect(done.output("a")).toBe("0\nnone\n");
  expect(done.output("b")).toBe(`a  b\n/usr\n${"x".repeat(300_000)}`);
  expect(done.output("b", "stderr")).toBe("€");
  expect(done.output("c")).toBe('it\'s "v"\n');
  expect(done.steps.get("page/fail")).toMatchObject({
    outcome: "failed",
    error: { code: "command-failed", column: 1 },
  });
  expect(done.steps.get("page/slow")).toMatchObject({ error: { code: "timeout" } });
  expect(readFileSync(join(work, "conf"), "utf8")).toBe("ip = 10.0.3.7\n");
  expect(done.output("e")).toBe("a  b\n");
  expect(done.events[0]).toMatchObject({ host: far.name });
  expect(await ended(work)).toEqual([]);
  expect(far.log().match(/Accepted publickey/g)).toHaveLength(1);
  await undoPage(place, { run: done.result.run }, { host: far.name });
  expect(() => readFileSync(join(work, "conf"), "utf8")).toThrow();
});

test.skipIf(!hasSshd)("a line that is cut ends the step on the far side by itself, and the step is lost", async () => {
  const far = await startSshd();
  const { work } = makePlace({});
  const sleep = ownSleep();
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a"', `setsid sleep ${sleep} &`],
      [
        'sh step="b"',
        `sh -c 'sleep 81; : bg' ${work} &\nsetsid sh -c 'trap "" TERM HUP; while sleep 0.1; do : apart; done' ${work} &\necho begun\nsleep 82; : ${work}`,
      ],
      ['sh step="c"', "echo no"],
    ]),
  });
  const done = await runPage(place, {
    host: far.name,
    onEvent: (event) => {
      if (event.type !== "output" || event.step !== "b" || !event.text.includes("begun")) return;
      for (const pid of processesOf(far.config)) process.kill(Number(pid), "SIGKILL");
    },
  });
  expect(done.steps.get("page/b")).toMatchObject({ outcome: "failed", error: { code: "target-lost" } });
  expect(done.output("c")).toBe("");
  expect(await ended(work)).toEqual([]);
  endOnly(sleep);
});

test.skipIf(!hasSshd)("ssh as a target's command", async () => {
  const far = await startSshd();
  const { work } = makePlace({});
  const done = await runPage(
    makePlace({
      "page.md": pageOf(
        [
          ['sh step="a" on="far"', "x=1\ncd /usr"],
          ['sh step="b" on="far"', 'echo "$x"; pwd; cat; echo err >&2'],
          ['sh step="c" on="far"', `echo begun; sleep 83; : ${work}`],
          ['sh step="d" on="far"', 'echo "$x"; pwd'],
        ],
        `  targets:\n    far: ssh -F ${far.config} -T ${far.name}\n`,
      ),
    }),
    {
      keepGoing: true,
      onEvent: (event) => {
        if (event.type === "output" && event.step === "c")
          for (const pid of processesOf(`${far.config}\0-T`)) process.kill(Number(pid), "SIGKILL");
      },
    },
  );
  expect([done.output("b"), done.output("b", "stderr")]).toEqual(["1\n/usr\n", "err\n"]);
  expect(done.steps.get("page/c")).toMatchObject({ outcome: "failed", error: { code: "target-lost" } });
  expect(done.output("d")).toBe("1\n/usr\n");
  expect(await ended(work)).toEqual([]);
});

test.skipIf(!hasSshd)("a host that can't be reached is told as that", async () => {
  const far = await startSshd();
  const place = makePlace({ "page.md": pageOf([['sh step="a"', "true"]]) });
  await expect(runPage(place, { host: "nobody@nowhere.invalid" })).rejects.toMatchObject({
    code: "host-unreachable",
    exitCode: 3,
  });
  await expect(runPage(place, { host: "-oProxyCommand=touch" })).rejects.toMatchObject({ code: "bad-host" });
  expect((await runPage(place, { host: far.name })).result.outcome).toBe("passed");
});

/** The ssh processes that hold a connection to a far side, with the state of their owner. */
const connections = (name: string): string[] => processesOf(`${name}\0echo runbook-connected`);

test.skipIf(!hasSshd)("a killed runner leaves no connection alive, and a long state path is no hindrance", async () => {
  const far = await startSshd();
  const place = makePlace({ "page.md": pageOf([['sh step="wait"', "echo there\nsleep 60"]]) });
  const long = { ...place, state: join(place.state, "a".repeat(60), "b".repeat(60)) };
  mkdirSync(long.state, { recursive: true, mode: 0o700 });
  const { killed } = await runKilled(long, (event) => event.type === "output", 0, { host: far.name });
  expect(killed).toBe(true);
  for (let tries = 0; tries < 100 && connections(far.name).length > 0; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(connections(far.name)).toEqual([]);
});

test.skipIf(!hasSshd)("a host that does not answer is not waited for when the run is interrupted", async () => {
  const silent = createServer(() => {}).listen(0, "127.0.0.1");
  await once(silent, "listening");
  const port = (silent.address() as AddressInfo).port;
  const far = await startSshd();
  appendFileSync(far.config, `Host silent\n  HostName 127.0.0.1\n  Port ${port}\n`);
  const { state } = makePlace({});
  mkdirSync(state, { mode: 0o700 });
  await expect(openHost("silent", state, AbortSignal.timeout(300))).rejects.toMatchObject({ code: "host-unreachable" });
  silent.close();
});
