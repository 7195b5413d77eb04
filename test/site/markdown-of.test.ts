import { expect, test } from "vitest";
import { markdownName, markdownOf } from "../../src/site/markdown/markdown-of.ts";

test("a page's text is served under its file's name, as Markdown", () => {
  expect(markdownName("content/lxc/lxc-new.md")).toBe("lxc/lxc-new.md");
  expect(markdownName("content/docker/index.mdx")).toBe("docker/index.md");
});

test.each([
  ["see [LXC](../lxc/index.mdx).", "see [LXC](../lxc/index.md)."],
  ["[a](b.mdx#c) and [d](e.mdx)", "[a](b.md#c) and [d](e.md)"],
  ["[a](b.md)", "[a](b.md)"],
  ["[a](https://example.org/b.mdx)", "[a](https://example.org/b.mdx)"],
  ["the file `x.mdx`", "the file `x.mdx`"],
])("%s", async (text, served) => {
  expect(await markdownOf(text, async () => ({ text: "", language: "sh" }))).toBe(served);
});

test("the commands of steps stand in the served text", async () => {
  const text = 'First:\n\n<StepCommands steps="web/start web/stop" />\n';
  const served = await markdownOf(text, async (steps) => ({ text: `# ${steps} $&`, language: "sh" }));
  expect(served).toBe("First:\n\n```sh\n# web/start web/stop $&\n```\n");
});

test("commands that are never run say so in the served text", async () => {
  const text = '<StepCommands steps="one/everyday#list" />\n';
  const served = await markdownOf(text, async () => ({ text: "Get-VM", language: "powershell", notRun: "needs it" }));
  expect(served).toBe('```powershell norun="needs it"\nGet-VM\n```\n');
});
