import { expect, test } from "vitest";
import { wholeScript } from "../../../src/language/copied/script.ts";

test("a value of several lines stays in the script's comment", () => {
  const script = wholeScript(["A page", "./runbook exec x 'A=1\nrm -rf x\n2'"], [], new Map(), { values: new Map() });
  expect(script.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([
    "(",
    "set -euo pipefail",
    ")",
  ]);
});
