import { describe, expect, test } from "vitest";
import { parseValuesFile } from "../../../src/cli/line/values-file.ts";

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
    [
      "A=1\u2028B=2\u2029C=3\u0085D=4\vE=5\fF=6\rG=7\nH=8",
      { A: "1\u2028B=2\u2029C=3\u0085D=4\vE=5\fF=6\rG=7", H: "8" },
    ],
  ])("%j", (text, expected) => {
    expect(Object.fromEntries(parseValuesFile(Buffer.from(text), "v"))).toEqual(expected);
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
    expect(() => parseValuesFile(Buffer.from(text), "v")).toThrow(
      expect.objectContaining({ message, code: "bad-values-file" }),
    );
  });

  test("bytes that are no UTF-8 are refused, with their line", () => {
    const bytes = Buffer.from("A=1\nB=caf\xe9\n", "latin1");
    expect(() => parseValuesFile(bytes, "v")).toThrow("v:2: this line has bytes that are no UTF-8.");
  });
});
