import { remark } from "remark";
import { expect, test } from "vitest";
import { remarkVerbLinks } from "../../src/site/markdown/links/verb-links.ts";

const page = "# X\n\n## First commands\n\nDo this.\n\n### On a desktop\n\nAnd that.\n\n## Sources\n\n- One\n";

function linked(path: string, value = page): string {
  return String(
    remark()
      .use(remarkVerbLinks, { base: "/notes/" })
      .processSync({ path: `content/${path}`, value }),
  );
}

test("a system's first commands end with the way to all verbs", () => {
  const [before = "", after] = linked("incus/index.mdx").split("## Sources");
  expect(before).toMatch(
    /And that\.\n\n.*\[Incus's commands\]\(\/notes\/verbs\/incus\/\), or \[.*\]\(\/notes\/verbs\/\?system=incus\)/s,
  );
  expect(after).toBe("\n\n* One\n");
});

test("a system with two sets of commands gets both", () => {
  const text = linked("vmware/index.mdx");
  expect(text).toContain("/notes/verbs/vmware/");
  expect(text).toContain("/notes/verbs/esxi/");
});

test("nothing is added where there are no first commands, nor to pages that are no system's", () => {
  expect(linked("incus/index.mdx", "# X\n\n## Sources\n")).not.toContain("verbs");
  expect(linked("lxc/lxc-new.md")).not.toContain("verbs");
  expect(linked("topics/index.mdx")).not.toContain("verbs");
});
