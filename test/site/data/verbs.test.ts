import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPage } from "../../../src/language/index.ts";
import { readShell } from "../../../src/language/shell/analyse.ts";
import { toolsets } from "../../../src/site/data/verbs/index.ts";
import { type Answer, type Toolset, verbs } from "../../../src/site/data/verbs/verb.ts";
import { systems } from "../../../src/site/sections.ts";

const sets = Object.entries<Toolset>(toolsets);
const answers = sets.flatMap(([set, toolset]) =>
  Object.entries<Answer>(toolset.answers).map(([verb, answer]) => ({ place: `${set} ${verb}`, toolset, answer })),
);

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
  const named = wrong(({ run }) => !run || /web[12]|user@|qemu-img/.test(run)).filter(
    (place) => !place.endsWith(" list"),
  );
  expect(named).toEqual([]);
});

test("a verb that is a runbook's step names one that there is", async () => {
  const steps = new Set<string>();
  for (const file of globSync("content/**/*.{md,mdx}")) {
    const { runbook } = await readPage(readFileSync(file, "utf8"), { file });
    for (const { id } of runbook?.steps ?? []) steps.add(`${runbook?.id}/${id}`);
  }
  const named = answers.flatMap(({ answer }) => answer.step ?? []);
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((step) => !steps.has(step))).toEqual([]);
});
