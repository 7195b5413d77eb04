import fc from "fast-check";
import { expect, test } from "vitest";
import { checkPage, readPage } from "../../../src/language/index.ts";

const line = fc.constantFrom(
  ...[
    "$ echo a",
    "$ cat <<EOF",
    "> text",
    "> EOF",
    "EOF",
    "$ for i in 1 2; do",
    "> done",
    "printed",
    "> printed",
    "",
    "$",
    ">",
  ],
  ...[
    "  $ indented",
    "$echo",
    "# ls",
    "# Comment here",
    "root@web:~# ls",
    "$ echo 'open",
    "> closed'",
    "$ a \\",
    "$ a \\\\",
    "$ a && ",
  ],
  ...["rm -rf /", "$ (", "> )", "$ fi", "~$ x", "$\tx", "%", "$  two"],
);

test("of a session only what stands behind a prompt runs, and every line is a command, printed, or an error", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(line, { minLength: 1, maxLength: 12 }), async (lines) => {
      const text = `---\nrunbook: { id: page }\n---\n\n\`\`\`console step="x"\n${lines.join("\n")}\n\`\`\`\n`;
      const page = await readPage(text, { file: "page.md" });
      const wrong = [...page.diagnostics, ...checkPage(page)].some(({ severity }) => severity === "error");
      const [step] = page.runbook?.steps ?? [];
      if (!step || wrong) return;
      const source = text.split("\n");
      for (const [index, command] of step.fence.text.split("\n").entries()) {
        const { line: at = 0, column = 0 } = step.fence.lines[index] ?? {};
        const [before, behind] = [source[at - 1]?.slice(0, column - 1), source[at - 1]?.slice(column - 1)];
        expect(before, text).toMatch(/^[$#>] ?$/);
        expect(behind, text).toBe(command);
      }
      const taken = new Set([...step.fence.lines, ...(step.output?.lines ?? [])].map((place) => place.line));
      const left = lines.filter((one, index) => one.trim() !== "" && !taken.has(index + 6));
      expect(left, text).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
