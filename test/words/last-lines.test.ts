import { expect, test } from "vitest";
import { lastLines } from "../../src/words/last-lines.ts";

test.each([
  ["the end of stderr, where stdout is empty", "", "a\nb\nc\n", "b\nc"],
  ["the end of stdout, where stderr is empty", "a\nb\nc\n", "\n", "b\nc"],
  ["the ends of both", "1\n2\n3\n", "W: a warning\nE: x\nE: y\n", "2\n3\nand on stderr: E: x\nE: y"],
  ["that nothing was said", "", "\n", "it said nothing"],
])("what a failed command printed: %s", (_, stdout, stderr, said) => {
  expect(lastLines({ stdout, stderr }, 2)).toBe(said);
});
