import { expect, test } from "vitest";
import type { Runbook } from "../../../src/language/model/runbook.ts";
import { readPage } from "../../../src/language/read/read-page.ts";
import { updateText } from "../../../src/verify/update/update-text.ts";

const head = "---\ntitle: x\nrunbook:\n  id: x\n---\n\n";

async function updated(body: string, printed: Record<string, string>): Promise<{ body: string; refused: number[] }> {
  const page = head + body;
  const { runbook } = await readPage(page, { file: "x.md" });
  const differs = Object.entries(printed).map(([step, text]) => ({ step, printed: text }));
  const { text, refused } = await updateText(page, runbook as Runbook, differs);
  return { body: text.slice(head.length), refused };
}

const session = (...lines: string[]): string => ['```console step="a"', ...lines, "```", ""].join("\n");

test.each([
  ["one command", ["$ ls", "old"], "new\nnewer\n", ["$ ls", "new", "newer"]],
  ["one command that printed nothing", ["$ ls"], "new\n", ["$ ls", "new"]],
  ["one command that prints nothing now", ["$ ls", "old", "$ true"], "", ["$ ls", "$ true"]],
  ["a command of several lines", ["$ ls \\", "> -l", "old"], "new\n", ["$ ls \\", "> -l", "new"]],
  [
    "lines that stayed tell where the others belong",
    ["$ one", "a", "b", "$ two", "c", "d"],
    "a\nB\nc\nD\n",
    ["$ one", "a", "B", "$ two", "c", "D"],
  ],
  [
    "more lines of one command",
    ["$ one", "a", "b", "$ two", "c"],
    "a\nnew\nb\nc\n",
    ["$ one", "a", "new", "b", "$ two", "c"],
  ],
  ["lines before the first that stayed", ["$ one", "a", "$ two", "b"], "x\na\nb\n", ["$ one", "x", "a", "$ two", "b"]],
  [
    "what a matcher stands for stays",
    ["$ one", "at <ip>", "$ two", "b"],
    "at 10.0.3.7\nB\n",
    ["$ one", "at <ip>", "$ two", "B"],
  ],
  ["an empty line", ["$ one", "a"], "a\n\nb\n", ["$ one", "a", "", "b"]],
])("in a session: %s", async (_, before, printed, after) => {
  expect(await updated(session(...before), { a: printed })).toEqual({ body: session(...after), refused: [] });
});

test.each([
  ["all is another, of two commands", ["$ one", "a", "$ two", "b"], "x\ny\n"],
  ["something new between two commands", ["$ one", "a", "$ two", "b"], "a\nx\nb\n"],
  ["a printed line that would be a command", ["$ one", "a"], "$ rm -rf /\n"],
  ["one that would end the fence", ["$ one", "a"], "```\n"],
])("in a session nothing is written where it is not certain: %s", async (_, before, printed) => {
  expect(await updated(session(...before), { a: printed })).toEqual({ body: session(...before), refused: [7] });
});

test("every other byte stays: a quote, CRLF, blanks at ends, another step's fence", async () => {
  const page = (one: string, two: string): string =>
    `> A quote.  \r\n>\r\n> \`\`\`console step="a"\r\n> $ ls\t\r\n> ${one}\r\n> \`\`\`\r\n\r\n\tend \r\n\r\n\`\`\`sh step="b"\r\nx\r\n\`\`\`\r\n\r\n\`\`\`text output="b"\r\n${two}\r\n\`\`\`\r\n`;
  const { body } = await updated(page("old", "old"), { a: "new\n", b: "newer\n" });
  expect(body).toBe(page("new", "newer"));
});

test("an output fence takes no line that would end it", async () => {
  const body = '```sh step="a"\nx\n```\n\n```text output="a"\nold\n```\n';
  expect(await updated(body, { a: '```\n```sh step="evil"\nrm -rf /\n' })).toEqual({ body, refused: [11] });
});
