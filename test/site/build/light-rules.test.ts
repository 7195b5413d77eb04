import { expect, test } from "vitest";
import { lightRules } from "../../../src/site/build/light-rules.ts";

const dark = '[data-theme="dark"]';

test.each([
  ["of the root", ":root[data-theme=light]{color:red}", `:root${dark}{color:red}`],
  ["of anything", "a{b:c}[data-theme='light'] button{b:d}", `${dark} button{b:d}`],
  ["in a layer", "@layer x{a{b:c}html[data-theme=light]{b:d}}", `@layer x{html${dark}{b:d}}`],
  ["with braces in a string", ':root[data-theme=light]{content:"}{";b:c}a{b:c}', `:root${dark}{content:"}{";b:c}`],
  ["after a rule without a block", "@layer a,b;:root[data-theme=light]{b:c}", `:root${dark}{b:c}`],
  ["none", "@media print{a{b:c}}a:not([data-theme=light]){b:c}", ""],
  ["none of both themes", "[data-theme=light] .x,[data-theme=dark] .y{b:c}", ""],
])("rules of the light theme become the page's: %s", (_, css, kept) => {
  expect(lightRules(css)).toBe(kept);
});
