import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { toPythonExpression } from "../../../src/cli/export/ansible/python-expression.ts";
import { wholePattern } from "../../../src/language/values/rules.ts";

const patterns = [
  "[a-z0-9][a-z0-9-]{0,62}",
  String.raw`[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}`,
  String.raw`\d+`,
  String.raw`\w+`,
  String.raw`\s*\S`,
  String.raw`[\w.\-]+`,
  String.raw`[^\s/]+`,
  ".",
  "a$|b",
  "^a",
  "(?:a|b)+?c",
  "(?=.*a)(?!.*b).*",
  "(?<first>a)b",
  String.raw`\ba\b`,
  String.raw`\x41\u0042\u{43}`,
  String.raw`[\x41-\u{43}]`,
  "[[&|~^]+",
  "[a&&b||c~~d-]",
  String.raw`\/\$\{\}`,
  "ä|😀",
  "[ä😀]+",
  String.raw`[\]\\]`,
];
const values = [
  ...["", "a", "b", "ab", "a\n", "A", "ABC", "B", "C", "web-1", "10.0.3.2/24", "1", "١", "é", "é_1", " a", "\u00a0a"],
  ...["\ufeffx", "\r", "\u2028", "x", "ac", "abac", "a b", "[", "&", "^", "|~", "-", "c-d", "/${}", "ä", "😀", "ä😀"],
  ...["]", "\\", "a.b", "a-b", "ca", "acb", "\x85a", "\x1ca"],
];

/** What Python says of each value, as Ansible asks it. */
function matchesInPython(expressions: readonly string[]): boolean[][] {
  const program =
    "import json, re, sys, warnings\n" +
    "warnings.simplefilter('error')\n" +
    "e, v = json.load(sys.stdin)\n" +
    "print(json.dumps([[bool(re.match(x, y)) for y in v] for x in e]))";
  const { stdout, stderr } = spawnSync("python3", ["-c", program], {
    input: JSON.stringify([expressions, values]),
    encoding: "utf8",
    env: { PATH: process.env["PATH"], PYTHONUTF8: "1" },
  });
  expect(stderr).toBe("");
  return JSON.parse(stdout) as boolean[][];
}

test("a pattern takes the same values in Python", () => {
  const expressions = patterns.map((pattern) => {
    const translated = toPythonExpression(pattern);
    if ("problem" in translated) throw new Error(`${pattern}: ${translated.problem}`);
    return translated.expression;
  });
  const python = matchesInPython(expressions);
  patterns.forEach((pattern, index) => {
    const own = values.map((value) => wholePattern(pattern)?.test(value));
    expect([pattern, ...(python[index] ?? [])]).toEqual([pattern, ...own]);
  });
});

describe("what Python does not mean alike is refused", () => {
  test.each([
    ["(?<=a)b", "a look-behind or a group with flags"],
    ["(?<!a)b", "a look-behind or a group with flags"],
    ["(?i:a)", "a look-behind or a group with flags"],
    [String.raw`(a)\1`, "a reference back to a group"],
    [String.raw`(?<x>a)\k<x>`, "a reference back to a group"],
    [String.raw`\p{L}`, String.raw`\p`],
    [String.raw`[\W]`, String.raw`\W in brackets`],
    [String.raw`\ud83d`, "half of a surrogate pair"],
    [String.raw`\cA`, String.raw`\c`],
    ["[]", "empty brackets"],
    ["[^]", "empty brackets"],
  ])("%s", (pattern, problem) => {
    expect(toPythonExpression(pattern)).toEqual({ problem });
  });
});
