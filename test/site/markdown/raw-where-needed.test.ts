import { unified } from "@astrojs/markdown-remark";
import { expect, test } from "vitest";
import { rawWhereNeeded } from "../../../src/site/markdown/raw-where-needed.ts";

const render = async (text: string, remarkPlugins: never[]): Promise<string> => {
  const processor = await unified({ remarkPlugins }).createRenderer({ syntaxHighlight: false } as never);
  return (await processor.render(text)).code;
};

test.each([
  ["without HTML", "# One\n\nText with `code` & <https://a.example/>.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"],
  ["with HTML", 'One <kbd>Ctrl</kbd> and\n\n<div class="a">\n\n*two*\n\n</div>\n\n<p>three'],
  ["with HTML that ends elsewhere", "- <b>one\n- two</b>\n"],
])("a page %s is rendered as Astro renders it", async (_, text) => {
  expect(await render(text, [rawWhereNeeded] as never)).toBe(await render(text, []));
});
