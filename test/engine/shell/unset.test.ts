import { expect, test } from "vitest";
import { makePlace, pageOf, runPage } from "../support/run-page.ts";

const texts = [
  'echo "$nothing" | wc -w',
  'true | { echo "$nothing"; }',
  '(echo "$nothing")',
  'y=$(echo "$nothing")',
  'f() { echo "$nothing" | cat; }\nf',
];

test.each(texts)("an unset variable in a shell of its own fails the step and not the run: %s", async (text) => {
  const place = makePlace({
    "page.md": pageOf([
      ['sh step="a"', "x=kept"],
      ['sh step="b"', `${text}\necho no`],
      ['sh step="c"', 'echo "$x"'],
    ]),
  });
  const done = await runPage(place, { keepGoing: true });
  expect(done.steps.get("page/b")).toMatchObject({ outcome: "failed", error: { code: "command-failed" } });
  expect(done.output("b")).not.toContain("no");
  expect(done.output("c")).toBe("kept\n");
});
