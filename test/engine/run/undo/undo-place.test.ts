import { expect, test } from "vitest";
import { makePlace, pageOf, runPage, undoPage } from "../../support/run-page.ts";

// The line that is to be named has the word `here`.
const undos: Record<string, string> = {
  command: "true\nfalse here",
  function: "f() {\n  false here\n}\nf",
  exit: "echo one\nif true; then\n  exit 4 # here\nfi",
  unset: 'echo one\necho "$nothing" here',
  pipe: "true\n\n{ echo x; false; } | grep y # here",
};

test("an undo that fails names the line of the command that failed, in a shell of its own too", async () => {
  const steps = Object.entries(undos).flatMap(([id, text]): [string, string][] => [
    [`sh step="${id}"`, "true"],
    [`sh undo="${id}"`, text],
  ]);
  const page = pageOf(steps);
  const place = makePlace({ "page.md": page });
  const { result } = await runPage(place);
  const undone = await undoPage(place, { run: result.run }, { keepGoing: true });
  const lines = [...undone.steps.values()].map(({ step, error }) => [step, page.split("\n")[(error?.line ?? 0) - 1]]);
  const named = Object.entries(undos).map(([id, text]) => [id, text.split("\n").find((line) => line.includes("here"))]);
  expect(lines).toEqual(named.reverse());
});
