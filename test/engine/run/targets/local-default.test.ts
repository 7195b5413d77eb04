import { expect, test } from "vitest";
import { makePlan } from "../../../../src/engine/plan/make-plan.ts";
import { loadRunbooks } from "../../../../src/library/library.ts";
import { makePlace, pageOf } from "../../support/run-page.ts";

test("a default about the caller's own machine is none for another host", async () => {
  const head = "  params:\n    KEY: { default: { command: cat ~/.ssh/id.pub, example: key, local: true } }\n";
  const place = makePlace({ "page.md": pageOf([['sh step="a"', 'echo "$KEY"']], head) });
  const library = await loadRunbooks(place.content, "page");
  const options = { library, id: "page", given: new Map<string, string>(), env: {}, selection: { only: [], skip: [] } };
  expect((await makePlan(options)).values.get("KEY")).toMatchObject({ origin: "computed" });
  await expect(makePlan({ ...options, far: true })).rejects.toMatchObject({
    code: "missing-value",
    exitCode: 2,
  });
});
