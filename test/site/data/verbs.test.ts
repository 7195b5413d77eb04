import { globSync, readFileSync } from "node:fs";
import { beforeAll, expect, test } from "vitest";
import { readPage } from "../../../src/language/index.ts";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readShell } from "../../../src/language/shell/analyse.ts";
import { toolsets } from "../../../src/site/data/verbs/index.ts";
import { type Answer, type Toolset, verbs } from "../../../src/site/data/verbs/verb.ts";
import { anchorOf } from "../../../src/site/markdown/links/headings.ts";
import { type Commands, commandsOf, isSection } from "../../../src/site/runbook/commands.ts";
import { systems } from "../../../src/site/sections.ts";

const sets = Object.entries<Toolset>(toolsets);
const given = sets.flatMap(([set, toolset]) =>
  Object.entries<Answer>(toolset.answers).map(([verb, answer]) => ({ place: `${set} ${verb}`, toolset, answer })),
);

/** The answers as the site shows them, with the commands of their pages. */
let answers: ((typeof given)[number] & { commands: Commands })[] = [];
beforeAll(async () => {
  const places = given.flatMap(({ answer }) => answer.from).filter((place) => !isSection(place));
  const runbooks = await runbooksOf(new Set(places.map((place) => place.split("/")[0])));
  answers = await Promise.all(
    given.map(async (one) => ({ ...one, commands: await commandsOf(one.answer.from, runbooks) })),
  );
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
function wrong(holds: (answer: Answer, commands: Commands, toolset: Toolset) => boolean): string[] {
  return answers.filter(({ answer, commands, toolset }) => !holds(answer, commands, toolset)).map(({ place }) => place);
}

test("every verb has commands", () => {
  expect(wrong((_, { text }) => text !== "" && text === text.trim())).toEqual([]);
});

test("commands are of steps, which run, or say why they are not run", () => {
  expect(wrong(({ from }, { notRun }) => from.every(isSection) === (notRun !== undefined) && notRun !== "")).toEqual(
    [],
  );
});

test("every answer has a source, unless its set says why not", () => {
  const sourced = ({ source }: Answer) => /^https:\/\/\S+$/.test(source ?? "");
  expect(wrong((answer, _, { unsourced }) => sourced(answer) || Boolean(unsourced))).toEqual([]);
});

/** What a page says below a heading. */
function sectionText(place: string): string {
  const [page, anchor] = place.split("#");
  const sections = readFileSync(`content/${page}.md`, "utf8").split(/^## /m);
  return sections.find((text) => anchorOf(text.split("\n")[0] ?? "") === anchor) ?? "";
}

test("a section whose commands are not run links to the documentation that they were compared with", () => {
  const linked = ({ from, source }: Answer) => !source || from.some((place) => sectionText(place).includes(source));
  expect(wrong((answer, { notRun }) => notRun === undefined || linked(answer))).toEqual([]);
});

test.each(sets.filter(([, { answers: all }]) => Object.values(all).every(({ from }) => from.every(isSection))))(
  "the page of %s has a section a verb, in their order",
  (_, toolset) => {
    const page = new Set(Object.values(toolset.answers).map(({ from }) => from[0]?.split("#")[0]));
    expect(page.size).toBe(1);
    const headings = readFileSync(`content/${[...page][0]}.md`, "utf8").match(/^## .+$/gm);
    expect(headings).toEqual(Object.values(verbs).map(({ title }) => `## ${title}`));
    expect(Object.values(toolset.answers).map(({ from }) => from.join())).toEqual(
      Object.values(verbs).map(({ title }) => `${[...page][0]}#${anchorOf(title)}`),
    );
  },
);

test("what is shell parses, and has no prompts", () => {
  const parses = (text: string) => {
    const { errors, prompts } = readShell(text);
    return errors.length + prompts.length === 0;
  };
  expect(wrong((_, { text, language }) => language !== "sh" || parses(text))).toEqual([]);
});

test("the words have whole pairs of backticks", () => {
  const whole = (text = "") => (text.match(/`/g)?.length ?? 0) % 2 === 0;
  expect(wrong(({ note, missing }, _, { by, unsourced }) => [note, missing, by, unsourced].every(whole))).toEqual([]);
});

test("the names are the same everywhere", () => {
  const named = wrong((_, { text }) => /web[123]|user@|qemu-img/.test(text)).filter(
    (place) => !place.endsWith(" list"),
  );
  expect(named).toEqual([]);
});

test("commands of steps are the pages' own, for their defaults, and a computed default is worked out", () => {
  const shown = (place: string) => answers.find((one) => one.place === place)?.commands.text;
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

test("commands of a section are the page's own, in its language, with the page's reason", () => {
  const shown = (place: string) => answers.find((one) => one.place === place)?.commands;
  expect(shown("virtualbox start")).toEqual({
    text: "VBoxManage startvm web1 --type headless",
    language: "sh",
    notRun: "needs VirtualBox, which Debian stable does not have",
  });
  expect(shown("hyper-v list")).toEqual({
    text: "Get-VM",
    language: "powershell",
    notRun: "needs Windows with Hyper-V",
  });
});
