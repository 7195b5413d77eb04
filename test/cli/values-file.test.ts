import { describe, expect, test } from "vitest";
import { parseValuesFile } from "../../src/cli/line/values-file.ts";

describe("a values file", () => {
  test.each([
    ["A=1\nB=two words\n", { A: "1", B: "two words" }],
    ["\uFEFFA=1\r\nB=2\r\n", { A: "1", B: "2" }],
    ["# a comment\n\n  \nA=1 # not one", { A: "1 # not one" }],
    ["A=\n", { A: "" }],
    ["A= 1 \n", { A: " 1 " }],
    ["A=$HOME `id` ${B}\\n", { A: "$HOME `id` ${B}\\n" }],
    ["A='it is $1'", { A: "it is $1" }],
    ['A="two\\nlines, \\"quoted\\", a \\\\ and a\\ttab"', { A: 'two\nlines, "quoted", a \\ and a\ttab' }],
    ["A=''", { A: "" }],
    ["A=b=c", { A: "b=c" }],
  ])("%j", (text, expected) => {
    expect(Object.fromEntries(parseValuesFile(text, "v"))).toEqual(expected);
  });

  test.each([
    ["A=1\nexport B=2", "v:2: this is no line NAME=value."],
    ["A=1\nA=2", "v:2: A was given before."],
    ["A='1", "v:1: A begins with a quote that doesn't end with the line."],
    ["A='it's'", "v:1: A begins with a quote that doesn't end with the line."],
    ['A="1" ', "v:1: A begins with a quote that doesn't end with the line."],
    ['A="\\"', "v:1: A begins with a quote that doesn't end with the line."],
    ['A="a"b"', "v:1: A begins with a quote that doesn't end with the line."],
    ['A="\\x"', "v:1: A has the unknown escape \\x."],
    ["TOPSECRET", "v:1: this is no line NAME=value."],
  ])("%j is refused", (text, message) => {
    expect(() => parseValuesFile(text, "v")).toThrow(expect.objectContaining({ message, code: "bad-values-file" }));
  });
});
