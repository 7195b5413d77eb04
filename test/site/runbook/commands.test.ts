import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Runbook, readPage } from "../../../src/language/index.ts";
import { commandsOf, namedPlaces, type SectionName } from "../../../src/site/runbook/commands.ts";
import { norunSections } from "../../../src/site/runbook/norun-sections.ts";

const head = "---\ntitle: T\n---\n\n";
const fence = (text: string, reason = "needs it", language = "sh") =>
  `\`\`\`${language} norun="${reason}"\n${text}\n\`\`\`\n\n`;

const pages: Record<string, string> = {
  "one/everyday.md": `${head}## Start it up\n\n${fence("start web1")}Words.\n\n${fence("wait web1")}## Stop\n\nWords.\n\n\`\`\`sh\nstop web1\n\`\`\`\n\n## See logs\n\n${fence("Get-Log web1", "needs Windows", "powershell")}`,
  "one/mixed.mdx": `${head}## Both\n\n${fence("a")}${fence("b", "needs that", "powershell")}`,
  "one/reasons.md": `${head}## Both\n\n${fence("a")}${fence("b", "needs a second host")}${fence("c")}`,
};

let content = "";
beforeAll(() => {
  content = mkdtempSync(join(tmpdir(), "commands-"));
  for (const [name, text] of Object.entries(pages)) {
    mkdirSync(dirname(join(content, name)), { recursive: true });
    writeFileSync(join(content, name), text);
  }
});
afterAll(() => rmSync(content, { recursive: true }));

const commands = (...places: SectionName[]) => commandsOf(places, new Map(), content);

test("a section's commands are those of its fences that are never run, up to the next heading", async () => {
  expect(await commands("one/everyday#start-it-up")).toEqual({
    text: "start web1\nwait web1",
    language: "sh",
    notRun: "needs it",
  });
});

test("their language and their reason are the page's", async () => {
  expect(await commands("one/everyday#see-logs")).toEqual({
    text: "Get-Log web1",
    language: "powershell",
    notRun: "needs Windows",
  });
});

test("each reason is given once", async () => {
  expect((await commands("one/reasons#both")).notRun).toBe("needs it; needs a second host");
});

test.each<[string, SectionName, string]>([
  ["a page that is not there", "one/nothing#start", "no page $/one/nothing.md, whose commands below #start"],
  ["a heading that is not there", "one/everyday#start", "$/one/everyday.md has no heading #start"],
  [
    "a fence that is not there",
    "one/everyday#stop",
    "$/one/everyday.md has no fence with `norun` below the heading #stop",
  ],
  ["two languages in one text", "one/mixed#both", "one/mixed#both: one text can't be sh and powershell"],
])("%s is an error that names the place", async (_, place, message) => {
  await expect(commands(place)).rejects.toThrow(message.replace("$", content));
});

test("a step that writes a file is a line that writes it, with its text below", async () => {
  const page = `---
runbook: { id: web, params: { DIR: { default: /tmp/a b }, ARCH: { default: { command: arch, example: x } } } }
---

\`\`\`ini step="file" file="$DIR/EOF.ini" mode="0600"
here = $DIR and $HOME
EOF
\`\`\`

\`\`\`ini step="computed" file="/etc/web.ini"
arch = $ARCH
\`\`\`
`;
  const { runbook } = await readPage(page, { file: "web.md" });
  const runbooks = new Map([["web", runbook as Runbook]]);
  const { text } = await commandsOf(["web/file"], runbooks, content);
  expect(text.split("\n")).toEqual([
    "install -D --mode=0600 /dev/stdin '/tmp/a b/EOF.ini' <<'EOF2'",
    "here = /tmp/a b and $HOME",
    "EOF",
    "EOF2",
  ]);
  expect((await commandsOf(["web/computed"], runbooks, content)).text).toContain("ARCH=$(arch)\n(");
});

test("a step that is not there is an error that names it", async () => {
  await expect(commandsOf(["web/nothing"], new Map(), content)).rejects.toThrow("web/nothing");
});

test("commands are run or not as a whole", async () => {
  await expect(commandsOf(["web/start", "one/everyday#stop"], new Map(), content)).rejects.toThrow(
    "web/start, one/everyday#stop",
  );
});

test("a page that changes is read again", async () => {
  writeFileSync(join(content, "one/changing.md"), `${head}## Start\n\n${fence("start web1")}`);
  expect((await commands("one/changing#start")).text).toBe("start web1");
  writeFileSync(join(content, "one/changing.md"), `${head}## Start\n\n${fence("start web2")}`);
  expect((await commands("one/changing#start")).text).toBe("start web2");
});

test("a heading that would have a step's anchor has the one that the site gives it", async () => {
  const page = `---\ntitle: T\nrunbook:\n  id: t\n---\n\n## Start\n\n\`\`\`sh step="start"\ntrue\n\`\`\`\n\n${fence("by hand")}`;
  const sections = await norunSections(page, "t.md");
  expect([...sections.keys()]).toEqual(["about-start"]);
  expect(sections.get("about-start")?.fences.map(({ text }) => text.trim())).toEqual(["by hand"]);
});

test("a page names places with blanks between", () => {
  expect(namedPlaces(" web/start\n one/everyday#stop ")).toEqual(["web/start", "one/everyday#stop"]);
});
