import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { readPage } from "../../src/language/index.ts";
import { goalOf } from "../../src/site/data/goals.ts";
import { factsOf } from "../../src/site/howto/facts.ts";
import { systems } from "../../src/site/sections.ts";

async function factsOfParams(params: string): Promise<string[]> {
  const head = `title: T\nrunbook:\n  id: t\n  needs: [root, kvm]\n  params: ${params}`;
  const { runbook } = await readPage(`---\n${head}\n---\n\n\`\`\`sh step="a"\ntrue\n\`\`\`\n`, { file: "t.md" });
  return runbook ? factsOf(runbook) : [];
}

test.each([
  ["{}", undefined],
  ["{ A: { default: x } }", "1 value, with a default"],
  ["{ A: { default: x }, B: { default: y } }", "2 values, all with defaults"],
  ["{ A: { default: x }, B: {} }", "2 values, 1 to be given"],
  ["{ B: { secret: true } }", "1 value to be given"],
])("of parameters %s a reader hears: %s", async (params, words) => {
  expect(await factsOfParams(params)).toEqual(["1 step", "needs root, kvm", ...(words ? [words] : [])]);
});

test("a runbook stands under the goal that its page names; the pages for authors teach", () => {
  expect(goalOf("lxc/lxc-new", "guest")).toBe("guest");
  expect(goalOf("authors/netns", undefined)).toBe("learn");
  expect(goalOf("lxc/other", undefined)).toBe("other");
});

test.each(globSync("content/fix/*.mdx"))("%s names the systems to which its last paragraph leads back", (file) => {
  const text = readFileSync(file, "utf8");
  const named = /^systems: \[(.*)\]$/m.exec(text)?.[1]?.split(", ") ?? [];
  const back =
    text
      .trimEnd()
      .split(/\n\s*\n/)
      .at(-1) ?? "";
  const linked = [...back.matchAll(/\]\(\.\.\/([a-z-]+)\/index\.mdx\)/g)].map(([, folder]) => folder);
  expect(named).not.toEqual([]);
  expect(named.toSorted()).toEqual(linked.filter((folder) => systems.includes(folder ?? "")).toSorted());
});
