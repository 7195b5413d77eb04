import { spawnSync } from "node:child_process";
import { describe, expect, test } from "vitest";
import { toPosixExpression } from "../../../src/cli/export/expression.ts";

const words = [
  "",
  "a",
  "A",
  "a1",
  "web-1",
  "-a",
  "a.b",
  "aXb",
  "10.0.3.21/24",
  "a b",
  "]",
  "^",
  "[",
  "\\",
  "a_b",
  "é",
  "容器",
  "aa",
  "aaa",
  "/x/y",
  "a+b",
];

/** Which of the words bash takes. */
function takenByBash(expression: string): string[] {
  const program =
    're=$1; shift; for word; do [[ $word =~ $re ]] && printf "%s\\n" "<$word>"; done; [[ a =~ $re ]]; (( $? < 2 ))';
  const { stdout, status } = spawnSync("bash", ["-c", program, "bash", expression, ...words], {
    encoding: "utf8",
    env: { PATH: process.env["PATH"], LC_ALL: "C.UTF-8" },
  });
  expect(status).toBe(0);
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => line.slice(1, -1));
}

describe("a pattern as bash reads it takes the same values", () => {
  test.each([
    "[a-z0-9][a-z0-9-]{0,62}",
    "[a-z0-9][a-z0-9.+-]*",
    "/[A-Za-z0-9/._-]+",
    "(?:\\d{1,3}\\.){3}\\d{1,3}/\\d+",
    "\\w+",
    "[\\w-]+",
    "[^\\s]+",
    "\\S*",
    "a|aa",
    "a+?",
    "a\\.b",
    "a.b",
    "[\\]\\\\^]",
    "[^\\]]*",
    "[-a]+",
    "[\\-\\[]",
    "\\D+",
    "a\\+b",
    "[éë]",
    ".{2}",
    "",
  ])("%s", (pattern) => {
    const expression = toPosixExpression(pattern);
    expect(expression).toBeDefined();
    const expected = words.filter((word) => new RegExp(`^(?:${pattern})$`, "u").test(word));
    expect(takenByBash(expression ?? "")).toEqual(expected);
  });
});

test.each(["(?=a)a", "(?!b)a", "(?<n>a)\\k<n>", "(a)\\1", "\\ba", "\\p{L}+", "[\\p{L}]", "[]", "\\u{61}", "[é-ë]"])(
  "%s has no like, and is left to others",
  (pattern) => {
    expect(toPosixExpression(pattern)).toBeUndefined();
  },
);
