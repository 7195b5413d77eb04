import { globSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { readPage } from "../../src/language/index.ts";
import { fixSystems } from "../../src/site/data/fix-systems.ts";
import { goalOf } from "../../src/site/data/goals.ts";
import { factsOf } from "../../src/site/howto/facts.ts";

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

test.each([
  ["lxc-host", "host"],
  ["lxc-image", "image"],
  ["lxc-new", "guest"],
  ["netns", "learn"],
  ["something", "other"],
] as const)("the runbook %s serves the goal %s", (id, goal) => {
  expect(goalOf(id)).toBe(goal);
});

describe("a page about an error", () => {
  test("is about the systems to which its last paragraph leads back, in the site's order", () => {
    const body =
      "See [Xen](../xen/index.mdx).\n\nBack to [KVM](../kvm/index.mdx), [Docker](../docker/index.mdx) and [x](../topics/x.mdx).\n";
    expect(fixSystems(body)).toEqual(["docker", "kvm"]);
  });

  test.each(globSync("content/fix/*.mdx"))("%s leads back to a system", (file) => {
    expect(fixSystems(readFileSync(file, "utf8"))).not.toEqual([]);
  });
});
