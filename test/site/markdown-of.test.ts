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
])("%s", (text, served) => {
  expect(markdownOf(text, String)).toBe(served);
});

test("the commands of steps stand in the served text", () => {
  const text = 'First:\n\n<StepCommands steps="web/start web/stop" />\n';
  expect(markdownOf(text, (steps) => `# ${steps}`)).toBe("First:\n\n```sh\n# web/start web/stop\n```\n");
});
