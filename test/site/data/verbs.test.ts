import { globSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { readPage } from "../../../src/language/index.ts";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readShell } from "../../../src/language/shell/analyse.ts";
import { toolsets } from "../../../src/site/data/verbs/index.ts";
import { type Answer, type Toolset, verbs } from "../../../src/site/data/verbs/verb.ts";
import { stepCommands } from "../../../src/site/runbook/step-commands.ts";
import { systems } from "../../../src/site/sections.ts";

const sets = Object.entries<Toolset>(toolsets);
const given = sets.flatMap(([set, toolset]) =>
  Object.entries<Answer>(toolset.answers).map(([verb, answer]) => ({ place: `${set} ${verb}`, toolset, answer })),
);

/** The answers as the site shows them: those of steps with the steps' commands. */
let answers: typeof given = [];
beforeAll(async () => {
  const runbooks = await runbooksOf(
    new Set(given.flatMap(({ answer }) => answer.steps ?? []).map((name) => name.split("/")[0])),
  );
  answers = given.map(({ answer, ...rest }) => ({
    ...rest,
    answer: answer.steps ? { ...answer, run: stepCommands(answer.steps, runbooks) } : answer,
  }));
});

/** Only the pages of these runbooks are read. */
async function runbooksOf(ids: ReadonlySet<string | undefined>): Promise<Map<string, Runbook>> {
  const found = new Map<string, Runbook>();
  for (const file of globSync("content/*/*.{md,mdx}")) {
    const text = readFileSync(file, "utf8");
    if (!ids.has(/^ {2}id: (.+)$/m.exec(text)?.[1])) continue;
    const { runbook } = await readPage(text, { file });
    if (runbook) found.set(runbook.id, runbook);
  }
  return found;
}

test("every system has its commands", () => {
  expect(new Set(sets.map(([, { system }]) => system))).toEqual(new Set(systems));
});

test.each(sets)("%s has every verb, in their order", (_, toolset) => {
  expect(Object.keys(toolset.answers)).toEqual(Object.keys(verbs));
});

/** The places of the answers that are not as they should be. */
function wrong(holds: (answer: Answer, toolset: Toolset) => boolean): string[] {
  return answers.filter(({ answer, toolset }) => !holds(answer, toolset)).map(({ place }) => place);
}

test("every verb is a command, or says why not", () => {
  expect(wrong(({ run, missing }) => Boolean(run ?? missing) && run === run?.trim() && run !== "")).toEqual([]);
});

test("every answer has a source, unless its set says why not", () => {
  expect(wrong(({ source }, { unsourced }) => Boolean(unsourced) || /^https:\/\/\S+$/.test(source ?? ""))).toEqual([]);
});

test("what is shell parses, and has no prompts", () => {
  const parses = (text: string) => {
    const { errors, prompts } = readShell(text);
    return errors.length + prompts.length === 0;
  };
  expect(wrong(({ run }, { language }) => language !== "sh" || parses(run ?? ""))).toEqual([]);
});

test("the words have whole pairs of backticks", () => {
  const whole = (text = "") => (text.match(/`/g)?.length ?? 0) % 2 === 0;
  expect(wrong(({ note, missing }, { by, unsourced }) => [note, missing, by, unsourced].every(whole))).toEqual([]);
});

test("the names are the same everywhere", () => {
  const named = wrong(({ run }) => !run || /web[123]|user@|qemu-img/.test(run)).filter(
    (place) => !place.endsWith(" list"),
  );
  expect(named).toEqual([]);
});

test("commands of steps are the pages' own, for their defaults, and a computed default is worked out", () => {
  const shown = (place: string) => answers.find((one) => one.place === place)?.answer.run;
  expect(shown("docker start")).toBe('docker start "web1"');
  expect(shown("docker enter")).toBe('docker exec --interactive "web1" bash');
  expect(shown("docker network")?.split("\n")).toEqual([
    'docker network create "web1-backend"',
    'docker network connect "web1-backend" "web1"',
  ]);
  expect(shown("lxc create")).toMatch(
    /^ARCH=\$\(dpkg --print-architecture\)\n.*\n.*--release "trixie" --arch "\$ARCH"$/m,
  );
});

test("a step that is not there is an error", () => {
  expect(() => stepCommands(["docker-everyday/nothing"], new Map())).toThrow("docker-everyday/nothing");
});
