import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { eventsPage } from "../../../src/cli/reference/events-page.ts";
import { evidencePage } from "../../../src/cli/reference/evidence-page.ts";
import { COMMAND_ERRORS, STEP_ERRORS } from "../../../src/errors/codes.ts";
import { root } from "../run.ts";

// Where this fails because the code has changed, `vitest run test/cli/pages/events-page.test.ts -u` writes the page anew.
test("the page is what the code says", async () => {
  await expect(eventsPage()).toMatchFileSnapshot(join(root, "content/reference/events.md"));
});

test("the page of evidence files is what their schema says", async () => {
  await expect(evidencePage()).toMatchFileSnapshot(join(root, "content/reference/evidence.md"));
});

test("every code is one that the source makes an error with", () => {
  const source = globSync("src/{cli,engine,library,verify}/**/*.ts", { cwd: root })
    .map((file) => readFileSync(join(root, file), "utf8"))
    .join("\n");
  const unused = [...Object.keys(COMMAND_ERRORS), ...Object.keys(STEP_ERRORS)].filter(
    (code) => code !== "fault" && !source.includes(`"${code}"`),
  );
  expect(unused).toEqual([]);
});
