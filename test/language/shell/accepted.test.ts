import { spawnSync } from "node:child_process";
import { expect, test } from "vitest";
import { readShell } from "../../../src/language/shell/analyse.ts";

const patterns = [
  ...["[)]", "^[^)]+$", "a)", "[(]", "[<>]", "[;&]", "^[#;]", "(^|[)])", "[[:space:])]", "a&b"],
  ...[
    "[\\)]",
    "(\\))",
    "([^()]*)",
    "['()']",
    '[")"]',
    "(a;b)",
    "(a|b )",
    "^\\[(a|b)\\]$",
    "{1,3}",
    "$re",
    "a|b",
    "[|]",
  ],
];

// What a newer bash takes, the oldest that a page meets may not.
test.each([
  ...patterns.map((pattern) => `[[ $x =~ ${pattern} ]]`),
  ...patterns.slice(0, 4).map((pattern) => `[[ $x == *${pattern} && $y ]]`),
  ...["case $x in [)]) a;; esac", "case $x in [\\)]) a;; esac", "echo ${x//[)]/y}", 'echo "${x//)/y}"'],
])("bash says the same of %s", (text) => {
  const { stderr } = spawnSync("bash", ["-n"], { input: `${text}\n`, encoding: "utf8" });
  expect(readShell(text).errors.length > 0).toBe(stderr !== "");
});
