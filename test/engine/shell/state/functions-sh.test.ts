import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../../support/run-page.ts";
import { withoutBash } from "../../support/without-bash.ts";

const a = "f() { echo A; }";
const b = "f() { echo B; }";

test.each([
  ["redefined behind the command that failed", `${a}`, `false\n${b}`, "none"],
  ["redefined under a condition", `${a}`, `if false; then ${b}; fi\nfalse`, "none"],
  ["defined twice, one under a condition", `${b}\nif true; then ${a}; fi`, "false", "none"],
  ["redefined by a step that passes", `${a}`, `${b}`, "B"],
  ["redefined in a subshell", `${a}`, `(${b})\nfalse`, "A"],
  ["defined anew as it was", `${a}`, `${a}\nfalse`, "A"],
  ["defined under a condition, once", `if true; then ${a}; fi`, "false", "A"],
  ["defined by a step that fails", "true", `${b}\nfalse`, "B"],
])("in a shell without bash, a function %s is carried right or not at all", async (_, one, two, called) => {
  const { work } = makePlace({});
  const step = (id: string, text: string): [string, string] => [`sh step="${id}" on="box" keeps="x"`, text];
  const place = makePlace({
    "page.md": pageOf(
      [step("one", one), step("two", two), step("call", "command -v f >/dev/null || { echo none; exit; }\nf")],
      `  targets:\n    box: "${withoutBash(work)}"\n`,
    ),
  });
  const { output } = await runPage(place, { keepGoing: true });
  expect(output("call")).toBe(`${called}\n`);
});
