import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makePlace, type Place, pageOf, runPage, undoPage } from "../support/run-page.ts";
import { canMount, shNames, targetWith } from "../support/with-sh.ts";

type Steps = [info: string, text: string][];

/** What is done with a page in turn: run it, go on, undo the first or latest run, or anything else; and what comes of it. */
type Act = readonly [what: "run" | "resume" | "undo" | "undo first", comes: string] | ((place: Scene) => void);

interface Scene extends Place {
  /** Writes the page anew. */
  edit(change: (text: string) => string): void;
  file(name: string): string;
}

interface Reported {
  steps: (work: string) => Steps;
  head?: string;
  before?: (scene: Scene) => void;
  acts: readonly Act[];
  /** What is in the work folder at the end, with the files' contents. */
  left: Record<string, string>;
  /** What steps printed, of the last act. */
  printed?: Record<string, string>;
  needs?: boolean;
}

const write =
  (name: string, text = "") =>
  (scene: Scene): void =>
    writeFileSync(scene.file(name), text);
const remove =
  (name: string) =>
  (scene: Scene): void =>
    rmSync(scene.file(name), { recursive: true });
const go = (work: string): string => `test -e ${work}/go`;
const conf = (work: string, text: string): Steps => [[`ini step="conf" file="${work}/a.conf"`, text]];
const pair = (work: string): Steps =>
  ["one", "two"].flatMap(
    (name): Steps => [
      [`sh step="${name}"`, `touch ${work}/${name}`],
      [`sh undo="${name}"`, `rm ${work}/${name}`],
    ],
  );
const box = shNames[0] ?? "";
const boxHead = `  targets:\n    box: ${JSON.stringify(box && canMount ? targetWith(box) : "sh")}\n`;

/** Pages that a runner of this kind got wrong once, each with what is right. */
const reported: Record<string, Reported> = {
  "the folder that a step works in goes with its EXIT trap": {
    steps: (work) => [
      ['sh step="work"', `mkdir ${work}/tmp\ntrap 'rm -r ${work}/tmp' EXIT\ncd ${work}/tmp`],
      ['sh step="try"', go(work)],
      ['sh step="build"', "echo made >made"],
    ],
    acts: [
      ["run", "work passed, try command-failed, build cancelled"],
      write("go"),
      ["resume", "work skipped, try folder-gone, build cancelled"],
    ],
    left: { go: "" },
  },
  "an undo with a relative path, whose folder is gone": {
    steps: (work) => [
      ['sh step="app"', `mkdir ${work}/app\ncd ${work}/app\necho mine >notes`],
      ['sh undo="app"', "cd ..; rm --force app/notes theirs"],
    ],
    acts: [["run", "app passed"], remove("app"), write("theirs", "theirs"), ["undo", "app folder-gone"]],
    left: { theirs: "theirs" },
  },
  "a file's text is edited before it is taken back": {
    steps: (work) => conf(work, "setting = 1"),
    before: write("a.conf", "original"),
    acts: [["run", "conf passed"], ({ edit }) => edit((text) => text.replace("= 1", "= 2")), ["undo", "conf passed"]],
    left: { "a.conf": "original" },
  },
  "a file's path is edited before it is taken back": {
    steps: (work) => conf(work, "setting = 1"),
    before: (scene) => ["a.conf", "b.conf"].forEach((name) => void write(name, `original ${name}`)(scene)),
    acts: [
      ["run", "conf passed"],
      ({ edit }) => edit((text) => text.replace("a.conf", "b.conf")),
      ["undo", "conf passed"],
    ],
    left: { "a.conf": "original a.conf", "b.conf": "original b.conf" },
  },
  "a step is taken off the page before it is taken back": {
    steps: pair,
    acts: [
      ["run", "one passed, two passed"],
      ({ edit }) => edit((text) => text.slice(0, text.indexOf('```sh step="two"'))),
      ["undo", "two passed, one passed"],
    ],
    left: {},
  },
  "all steps are taken off the page, and others put there, before they are taken back": {
    steps: pair,
    acts: [
      ["run", "one passed, two passed"],
      ({ edit }) => edit((text) => text.replaceAll("two", "three").replaceAll("one", "two")),
      ["undo", "two passed, one passed"],
    ],
    left: {},
  },
  "two runs wrote one file, and the first is to be taken back first": {
    steps: (work) => conf(work, "port = $PORT"),
    head: '  params:\n    PORT: { default: "80" }\n',
    before: write("a.conf", "original"),
    acts: [
      ["run", "conf passed"],
      ({ edit }) => edit((text) => text.replace('"80"', '"81"')),
      ["run", "conf passed"],
      ["undo first", ""],
      ["undo", "conf passed"],
      ["undo first", "conf passed"],
    ],
    left: { "a.conf": "original" },
  },
  "variables whose names begin as bash's own do, and the way back by `cd -`": {
    steps: (work) => [
      ['sh step="set"', `export COMPOSE_FILE=/c\nCOMPONENT=front EPOCHS=20 HOSTNAME=web1\ncd /usr\ncd ${work}`],
      ['sh step="stop"', go(work)],
      ['sh step="use"', 'echo "$COMPOSE_FILE $COMPONENT $EPOCHS $HOSTNAME"; cd -'],
    ],
    acts: [
      ["run", "set passed, stop command-failed, use cancelled"],
      write("go"),
      ["resume", "set skipped, stop passed, use passed"],
    ],
    left: { go: "" },
    printed: { use: "/c front 20 web1\n/usr\n" },
  },
  "what a step left in the background is ended with a run that fails": {
    steps: (work) => [
      ['sh step="serve"', `sleep 77 &\necho $! >${work}/pid\ndisown`],
      ['sh step="use"', `kill -0 "$(cat ${work}/pid)"\n${go(work)}`],
    ],
    acts: [
      ["run", "serve passed, use command-failed"],
      write("go"),
      ["resume", "serve passed, use passed"],
      remove("pid"),
    ],
    left: { go: "" },
  },
  "a function and an EXIT trap on a target without bash": {
    needs: canMount && box !== "",
    head: boxHead,
    steps: (work) => [
      [
        'sh step="set" on="box"',
        `greet() { echo "hello $1"; }\ntouch ${work}/tmp\ntrap 'echo bye >>${work}/bye; rm ${work}/tmp' EXIT`,
      ],
      ['sh step="flaky" on="box" retry="2"', `greet attempt\n[ -e ${work}/once ] || { touch ${work}/once; exit 1; }`],
      ['sh step="fails" on="box" exits="1"', `n=1\n[ -e ${work}/tmp ] && false`],
      ['sh step="use" on="box"', `greet later; [ -e ${work}/tmp ]; (trap 'echo inner' EXIT); echo "$n"`],
    ],
    acts: [["run", "set passed, flaky passed, fails passed, use passed"]],
    left: { bye: "bye\n", once: "" },
    printed: { flaky: "hello attempt\nhello attempt\n", use: "hello later\ninner\n1\n" },
  },
  "an EXIT trap on a target without bash that a later step takes away": {
    needs: canMount && box !== "",
    head: boxHead,
    steps: (work) => [
      ['sh step="set" on="box"', `trap 'touch ${work}/never' EXIT`],
      ['sh step="fails" on="box" exits="1"', "false"],
      ['sh step="away" on="box"', "trap - EXIT"],
      ['sh step="again" on="box" exits="1"', "false"],
    ],
    acts: [["run", "set passed, fails passed, away passed, again passed"]],
    left: {},
  },
};

async function act(place: Scene, runs: string[], what: "run" | "resume" | "undo" | "undo first") {
  const [first = "", latest = ""] = [runs[0], runs.at(-1)];
  if (what === "undo" || what === "undo first") {
    return await undoPage(place, { run: what === "undo" ? latest : first }, { yes: true });
  }
  const done = await runPage(place, { yes: true, ...(what === "resume" ? { resume: latest } : {}) });
  runs.push(done.result.run);
  return done;
}

const titles = Object.keys(reported).filter((title) => reported[title]?.needs !== false);

test.each(titles)("%s", async (title) => {
  const { steps, head = "", before, acts, left, printed = {} } = reported[title] as Reported;
  const place = makePlace({ "page.md": "" });
  const page = join(place.content, "page.md");
  writeFileSync(page, pageOf(steps(place.work), head));
  const scene: Scene = {
    ...place,
    edit: (change) => writeFileSync(page, change(readFileSync(page, "utf8"))),
    file: (name) => join(place.work, name),
  };
  before?.(scene);
  const runs: string[] = [];
  let output = (_: string): string => "";
  for (const one of acts) {
    if (typeof one === "function") {
      one(scene);
      continue;
    }
    const done = await act(scene, runs, one[0]);
    const ends = [...done.steps.values()].map(({ step, outcome, error }) => `${step} ${error?.code ?? outcome}`);
    expect(ends.join(", "), JSON.stringify(done.events)).toBe(one[1]);
    output = done.output;
  }
  const names = readdirSync(place.work);
  expect(Object.fromEntries(names.map((name) => [name, readFileSync(scene.file(name), "utf8")]))).toEqual(left);
  for (const [step, text] of Object.entries(printed)) expect(output(step)).toBe(text);
});
