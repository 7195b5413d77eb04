import { expect, test } from "vitest";
import { cleanTitle, printable } from "../../src/terminal/clean.ts";
import { jsonText } from "../../src/terminal/json.ts";

const OSC = "\u001b]0;pwned\u0007";
const C1 = "\u009b31mred\u009d0;x\u009c";

test.each([
  ["plain \t text\n", "plain \t text\n", "plain \t text\n"],
  [`a${OSC}b`, "ab", "ab"],
  [`a${C1}b`, "aredb", "aredb"],
  ["up\u001b[3A\u001b[2Kerased\rover", "uperasedover", "uperasedover"],
  ["\u001b[31mred\u001b[39m \u001b[8mhidden\u001b[0m", "red hidden", "\u001b[31mred\u001b[39m hidden\u001b[0m"],
  ["right\u202eleft", "rightleft", "rightleft"],
  ["\u001b[31", "", ""],
  ["cut\u001b", "cut", "cut"],
])("%j is printed harmless", (text, plain, coloured) => {
  expect(printable(text, false)).toBe(plain);
  expect(printable(text, true)).toBe(coloured);
});

test("a title is one line", () => {
  expect(cleanTitle(` A${OSC} title\n on\u0085 two\tlines `)).toBe("A title on two lines");
});

test("JSON is the same value, and harmless", () => {
  const value = { [`k${C1}`]: `${OSC}\u007f\u202e\u2028 é 容 ${C1}` };
  const text = jsonText(value, 2);
  expect(JSON.parse(text)).toEqual(value);
  expect(text).not.toMatch(/(?![\n])[\p{Cc}\p{Zl}\p{Zp}\u202e]/u);
});
