import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CodeAction, CodeLens, CompletionItem, Hover, Location, Position } from "vscode-languageserver/node.js";
import { FENCE_KEYS } from "../../src/editor/meanings.ts";
import { KEYS } from "../../src/language/model/vocabulary.ts";
import { Client } from "./client.ts";

const base = `---
title: The base
description: What all stands on.
runbook:
  id: base
  params:
    REGION: { default: north, enum: [north, south], description: Where it stands }
---

\`\`\`sh step="ground" keeps="is for all"
mkdir -p "/srv/$REGION"
\`\`\`

\`\`\`sh proof="ground"
test -d "/srv/$REGION"
\`\`\`
`;

const top = `---
title: The top
runbook:
  id: top
  requires: [base]
  params:
    NAME: { default: web1, pattern: "[a-z0-9]+", description: Name of the container }
    TOKEN: { secret: true }
  targets:
    box: lxc-attach --name "$NAME" --
---

\`\`\`sh step="create" keeps="a test"
touch "/srv/$REGION/$NAME"
\`\`\`

\`\`\`sh proof="create" within=30s
test -e "/srv/$REGION/$NAME"
\`\`\`

\`\`\`sh step="address" on="box" sets="IP"
IP=$(hostname --all-ip-addresses)
\`\`\`

\`\`\`sh step="greet" on="box"
echo "$IP $NAME"
\`\`\`

\`\`\`sh proof="greet"
true
\`\`\`
`;

/** The cursor at the mark \`¦\` that a text has behind the first place of these words. */
function behind(text: string, words: string): Position {
  const offset = text.indexOf(words) + words.length;
  const before = text.slice(0, offset).split("\n");
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

let dir = "";
let client: Client;
let exitCode: number | null | undefined;

beforeAll(async () => {
  dir = mkdtempSync(join(tmpdir(), "runbook-lsp-"));
  mkdirSync(join(dir, "pages"));
  writeFileSync(join(dir, "pages/base.md"), base);
  writeFileSync(join(dir, "pages/top.md"), top);
  client = new Client(dir, ["--content", "pages", "--stdio"]);
  const { capabilities, serverInfo } = await client.start();
  expect(serverInfo.name).toBe("runbook");
  expect(capabilities).toMatchObject({ hoverProvider: true, definitionProvider: true });
  await client.open("pages/top.md", top);
});

afterAll(async () => {
  if (exitCode === undefined) exitCode = await client.stop();
  rmSync(dir, { recursive: true, force: true });
});

const at = <Answer>(method: string, words: string): Promise<Answer> =>
  client.ask<Answer>(method, "pages/top.md", { position: behind(top, words) });

describe("diagnostics", () => {
  test("are those of check, and follow what is typed in this page and in others", async () => {
    const found = await client.diagnostics("pages/top.md");
    expect(found.map(({ code, severity, source }) => [code, severity, source])).toEqual([
      ["unquoted-value", 1, "runbook"],
      ["not-copied", 2, "runbook"],
    ]);
    const from = behind(top, "within=");
    expect(found[0]?.range).toEqual({ start: from, end: { ...from, character: from.character + 3 } });

    const of = behind(top, "requires: [");
    await client.type("pages/top.md", of, behind(top, "requires: [base"), "bse");
    const codes = (await client.diagnostics("pages/top.md")).map(({ code }) => code);
    expect(codes).toContain("dangling-require");
    await client.type("pages/top.md", of, { ...of, character: of.character + 3 }, "base");
    expect(await client.diagnostics("pages/top.md")).toHaveLength(2);

    await client.open("pages/base.md", base.replace("id: base", "id: other"));
    await client.diagnostics("pages/base.md");
    await client.type("pages/top.md", { line: 1, character: 7 }, { line: 1, character: 7 }, "");
    expect((await client.diagnostics("pages/top.md")).map(({ code }) => code)).toContain("dangling-require");
    const id = behind(base, "  id: ");
    await client.type("pages/base.md", id, { ...id, character: id.character + 5 }, "base");
    await client.type("pages/top.md", { line: 1, character: 7 }, { line: 1, character: 7 }, "");
    expect(await client.diagnostics("pages/top.md")).toHaveLength(2);
  });

  test("of a page on no disk yet, and of one that is no runbook, are told, too", async () => {
    await client.open("pages/new.md", 'Text.\n\n```sh step="x"\ntrue\n```\n');
    expect((await client.diagnostics("pages/new.md")).map(({ code }) => code)).toEqual(["no-runbook"]);
  });
});

describe("completion", () => {
  test.each([
    ["requires: [", ["base"]],
    ['proof="', ["create", "address", "greet"]],
    ['on="', ["host", "box"]],
    ["```", ["sh", "console", "text"]],
    ['```sh step="create" ', ["on", "timeout", "retry"]],
    ['echo "$', ["NAME", "TOKEN", "REGION", "IP"]],
    ["NAME: { ", ["default", "pattern", "enum"]],
    ["  id: top\n  ", ["id", "requires", "needs"]],
  ])("behind %j", async (words, expected) => {
    const items = await at<CompletionItem[]>("completion", words);
    expect(items.map(({ label }) => label)).toEqual(expect.arrayContaining(expected));
  });

  test("of a fence's role offers all roles, with the cursor between the quotes", async () => {
    const text = `${top}\n\`\`\`sh `;
    await client.open("pages/half.md", text);
    const position = { line: text.split("\n").length - 1, character: 6 };
    const items = await client.ask<CompletionItem[]>("completion", "pages/half.md", { position });
    expect(items.map(({ insertText }) => insertText)).toEqual(
      ["step", "when", "guard", "proof", "undo", "output", "norun"].map((role) => `${role}="$1"`),
    );
  });

  test("offers nothing in prose", async () => {
    await client.open("pages/prose.md", "A word and a $ sign\n");
    const position = { line: 0, character: 6 };
    expect(await client.ask("completion", "pages/prose.md", { position })).toEqual([]);
  });
});

describe("hover", () => {
  test.each([
    ["with", "within", "polled until it holds"],
    ['proof="cre', "proof", 'touch "/srv/$REGION/$NAME"'],
    ['on="b', "on", 'lxc-attach --name "$NAME" --'],
    ['touch "/srv/$REG', "REGION", "declared by the runbook `base`"],
    ["$REGION/$NA", "NAME", "Name of the container. Default: `web1`. Pattern: `[a-z0-9]+`."],
    ['echo "$I', "IP", "The step `address` hands it to all later steps"],
    ["requires: [ba", "base", "What all stands on."],
    ["  requi", "requires", "Ids of runbooks whose end state"],
    ["NAME: { defa", "default", "The value where none is given"],
  ])("behind %j says what %s is", async (words, name, expected) => {
    const hover = await at<Hover>("hover", words);
    expect(hover.contents).toMatchObject({ value: expect.stringContaining(`**${name}**`) });
    expect(hover.contents).toMatchObject({ value: expect.stringContaining(expected) });
  });

  test("knows every key of a fence", () => {
    expect(Object.keys(FENCE_KEYS).sort()).toEqual([...KEYS].sort());
  });
});

describe("go to", () => {
  test.each([
    ["requires: [ba", "pages/base.md", 3],
    ['proof="cre', "pages/top.md", 12],
    ['on="b', "pages/top.md", 9],
    ["$REGION/$NA", "pages/top.md", 6],
    ['touch "/srv/$REG', "pages/base.md", 6],
    ['echo "$I', "pages/top.md", 21],
  ])("behind %j", async (words, page, line) => {
    const { uri, range } = await at<Location>("definition", words);
    expect([uri, range.start.line]).toEqual([client.uri(page), line]);
  });
});

test("a mend of `check --fix` is an action, alone and with all others", async () => {
  const start = behind(top, "within=");
  const actions = await client.ask<CodeAction[]>("codeAction", "pages/top.md", {
    range: { start, end: start },
    context: { diagnostics: [] },
  });
  expect(actions.map(({ title, kind }) => [title, kind])).toEqual([
    ['Write "30s"', "quickfix"],
    ["Mend all that has one safe mend (1)", "source.fixAll"],
  ]);
  const range = { start, end: { ...start, character: start.character + 3 } };
  expect(actions[0]?.edit?.changes).toEqual({ [client.uri("pages/top.md")]: [{ range, newText: '"30s"' }] });
});

test("a lens has the line that runs the page, and the page up to each step", async () => {
  const lenses = await client.ask<CodeLens[]>("codeLens", "pages/top.md");
  const lines = lenses.map(({ range, command }) => [range.start.line, command?.title.replace(/^\S+/, "runbook")]);
  expect(lines).toEqual([
    [2, "runbook exec top --content pages"],
    [12, "runbook exec top --until create --content pages"],
    [20, "runbook exec top --until address --content pages"],
    [24, "runbook exec top --until greet --content pages"],
  ]);
});

test("the server ends when the editor does", async () => {
  exitCode = await client.stop();
  expect(exitCode).toBe(0);
});
