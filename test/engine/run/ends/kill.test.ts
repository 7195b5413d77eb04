import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import type { RunEvent } from "../../../../src/engine/events.ts";
import { runKilled } from "../../support/killed.ts";
import { endOnly, ownSleep, processesOf } from "../../support/processes.ts";
import { makePlace, type Place, pageOf, runPage } from "../../support/run-page.ts";

/** Says so in a file when another attempt at the step still runs, then works for a while, with helpers. */
const slowly = (work: string, name: string, helper: string): string => `
sh -c 'exec 9>>"$0/${name}.lock"; flock -n 9 || echo ${name} >>"$0/overlap"; sleep 60 # inside' ${work} &
${helper} ${work} &
echo ${name} >>${work}/${name}.half
sleep 0.3
mv ${work}/${name}.half ${work}/${name}
for p in $(pgrep -f "inside|: apart"); do if grep -qz ${work} /proc/$p/cmdline; then kill -9 $p || true; fi; done 2>/dev/null`;

const stubborn = `setsid sh -c 'trap "" TERM; while sleep 0.1; do : apart; done'`;
const bare = "setsid env -i /bin/sh -c 'while sleep 0.1; do : apart; done'";

function longPage({ work }: Pick<Place, "work">): string {
  return pageOf(
    [
      ['sh step="read" sets="WORD"', "WORD='the word'\nsleep 0.1"],
      ['sh step="state"', `x="kept $WORD"\nf() { echo "$x" >>"$1"; }\ncd /usr\necho once >>${work}/state`],
      ['sh step="make"', slowly(work, "make", stubborn)],
      ['sh guard="make"', `[ -e ${work}/make ]`],
      ['sh undo="make"', `rm -f ${work}/make ${work}/make.half`],
      ['sh step="inner" on="inner"', `y=inner\n${slowly(work, "inner", bare)}`],
      ['sh guard="inner" on="host"', `[ -e ${work}/inner ]`],
      ['sh undo="inner" on="host"', `rm -f ${work}/inner ${work}/inner.half`],
      ['ini step="file" file="$WORK/conf"', "word = $WORD"],
      ['sh step="end"', `f ${work}/end\npwd >>${work}/end`],
      ['sh guard="end"', `[ -s ${work}/end ]`],
      ['sh undo="end"', `rm -f ${work}/end`],
    ],
    `  params:\n    WORK: { default: "${work}" }\n  targets:\n    inner: env INNER=1\n`,
  );
}

function expectDone({ work }: Place): void {
  const read = (name: string) => readFileSync(join(work, name), "utf8");
  expect(existsSync(join(work, "overlap"))).toBe(false);
  expect([read("make"), read("inner")]).toEqual(["make\n", "inner\n"]);
  expect(read("conf")).toBe("word = the word\n");
  expect(read("end")).toBe("kept the word\n/usr\n");
  expect(processesOf(work)).toEqual([]);
}

const begun = (step: string) => (event: RunEvent) => event.type === "step-started" && event.step === step;
const ended = (step: string) => (event: RunEvent) => event.type === "step-finished" && event.step === step;

const kills: [string, (event: RunEvent) => boolean, number][] = [
  ["as the run starts", (event) => event.type === "run-started", 0],
  ["in a step that reads", begun("read"), 60],
  ["in a step that only sets state", begun("state"), 0],
  ["between two steps", ended("state"), 0],
  ["as a step begins", begun("make"), 20],
  ["in the middle of a step", begun("make"), 250],
  ["as a step ends", ended("make"), 0],
  ["in the middle of a step on a target", begun("inner"), 250],
  ["between a target's step and the host's", ended("inner"), 5],
  ["in a step that writes a file", begun("file"), 15],
  ["in the last step", begun("end"), 10],
  ["before the run ends", ended("end"), 0],
];

test.each(kills)("killed %s, a run is gone on with to the same end", async (_when, at, delay) => {
  const { work } = makePlace({});
  const place = { ...makePlace({ "page.md": longPage({ work }) }), work };
  const killed = await runKilled(place, at, delay);
  expect(killed.killed).toBe(true);
  const resumed = await runPage(place, { resume: killed.run, yes: true, impatient: true });
  expect(resumed.result.outcome).toBe("passed");
  expectDone(place);
  expect(readFileSync(join(work, "state"), "utf8")).toMatch(/^once\n(once\n)?$/);
});

test("killed again and again, it still comes to the same end", async () => {
  const { work } = makePlace({});
  const place = { ...makePlace({ "page.md": longPage({ work }) }), work };
  let { run } = await runKilled(place, begun("make"), 100);
  for (const step of ["make", "inner"]) {
    const next = await runKilled(place, begun(step), 200, { resume: run, yes: true, impatient: true });
    expect(next.killed).toBe(true);
    run = next.run;
  }
  const last = await runPage(place, { resume: run, yes: true, impatient: true });
  expect(last.result.outcome).toBe("passed");
  expect(last.steps.get("page/state")).toMatchObject({ outcome: "skipped", reason: "journal" });
  expectDone(place);
});

test("a step in doubt is asked for, undone and tried again; a no leaves it", async () => {
  const { work } = makePlace({});
  const steps: [string, string][] = [
    ['sh step="a"', `[ ! -e ${work}/half ]\ntouch ${work}/half\nsleep "$(cat ${work}/time)"\ntouch ${work}/done`],
    ['sh guard="a"', `[ -e ${work}/done ]`],
    ['sh undo="a"', `rm ${work}/half\necho undone >>${work}/log`],
  ];
  writeFileSync(join(work, "time"), "60");
  const place = makePlace({ "page.md": pageOf(steps) });
  const { run } = await runKilled(place, begun("a"), 300);
  const asked: string[] = [];
  const ask = async ({ kind }: { kind: string }) => {
    asked.push(kind);
    return false;
  };
  const refused = await runPage(place, { resume: run, impatient: true, ask });
  expect(asked).toEqual(["retry"]);
  expect(refused.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "refused" } });
  expect(existsSync(join(work, "log"))).toBe(false);
  writeFileSync(join(work, "time"), "0");
  const done = await runPage(place, { resume: refused.result.run, yes: true });
  expect(done.steps.get("page/a")?.outcome).toBe("passed");
  expect(readFileSync(join(work, "log"), "utf8")).toBe("undone\n");
});

test("what earlier steps left in sessions of their own lives on; other background and the unfinished step end", async () => {
  const { work } = makePlace({});
  const [left, plain, unfinished] = [ownSleep(), ownSleep(), ownSleep()];
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a"', `setsid sleep ${left} &\nsleep ${plain} &`],
      ['sh step="b"', `setsid sh -c 'echo $$ >${work}/apart; exec sleep ${unfinished}' &\nsleep 60`],
    ]),
  });
  const { run } = await runKilled(place, begun("b"), 400);
  const refused = await runPage(place, { resume: run, impatient: true });
  // What it had in the background was ended, so it is not done.
  expect(refused.steps.get("page/a")).toMatchObject({ outcome: "failed", error: { code: "refused" } });
  endOnly(left);
  expect(processesOf(plain)).toEqual([]);
  expect(processesOf(unfinished)).toEqual([]);
});

test("a run is not gone on with when a step changed, and says where and how to go on", async () => {
  const { work } = makePlace({});
  const page = (text: string, prose = "") =>
    `${pageOf(
      [
        ['sh step="a"', `touch ${work}/a`],
        ['sh guard="a"', `[ -e ${work}/a ]`],
        ['sh step="b"', text],
      ],
      "  params:\n    X: { default: x }\n",
    )}${prose}`;
  const place = makePlace({ "page.md": page("sleep 60") });
  const { run } = await runKilled(place, begun("b"), 100, { given: { X: "y z" } });
  writeFileSync(join(place.content, "page.md"), page("sleep 0"));
  await expect(runPage(place, { resume: run })).rejects.toMatchObject({
    code: "plan-changed",
    message: expect.stringContaining("page/b changed"),
  });
  writeFileSync(join(place.content, "page.md"), page("sleep 60", "\nMore prose.\n"));
  await expect(runKilled(place, begun("b"), 0, { resume: run, yes: true })).resolves.toMatchObject({ killed: true });
});
