import { h, toHtml } from "@astrojs/starlight/expressive-code/hast";
import { expect, test } from "vitest";
import { codeValues } from "../../../src/site/markdown/code/code-values.ts";

/** What a block with a copy button is rendered to, by the keys of its info string. */
function rendered(keys: Readonly<Record<string, string>>): string {
  const blockAst = h("figure", [
    h("pre", [h("code", [h("div.ec-line", [h("div.code", "true")])])]),
    h("div.copy", [h("button", { title: "Copy to clipboard", "data-code": "true" })]),
  ]);
  const block = { codeBlock: { metaOptions: { getString: (key: string) => keys[key] } }, renderData: { blockAst } };
  codeValues().hooks?.postprocessRenderedBlock?.(block as never);
  return toHtml(blockAst);
}

test("the copy button of a block says what it copies, and brings no text: the page's script makes it", () => {
  const html = rendered({ block: "create:guard:0", slots: "" });
  expect(html).toContain('<figure data-block="create:guard:0">');
  expect(html).toContain('aria-label="Copy the guard of create"');
  expect(html).not.toContain("data-code");
});

test("the copy button of a block that is no part of a runbook keeps its text", () => {
  expect(rendered({})).toContain('data-code="true"');
});
