import { readFileSync } from "node:fs";
import type { AstroIntegrationLogger } from "astro";
import { expect, test } from "vitest";
import { type Runbook, readPage, runbookHash } from "../../../src/language/index.ts";
import { checkContent } from "../../../src/site/build/check-content.ts";
import { type ReadContent, sharedContent } from "../../../src/site/proof/read-content.ts";

/** What a build over a folder says, and whether it goes on. */
async function build(folder: string): Promise<{ said: string[]; failed: boolean }> {
  const said: string[] = [];
  const logger = { error: (line: string) => said.push(line) } as unknown as AstroIntegrationLogger;
  const { "astro:config:setup": setUp, "astro:build:start": start } = checkContent(folder).hooks;
  await setUp?.({ command: "build" } as Parameters<NonNullable<typeof setUp>>[0]);
  try {
    await start?.({ logger, setPrerenderer: () => undefined });
    return { said, failed: false };
  } catch {
    return { said, failed: true };
  }
}

test("an error in a page fails the build, at its place in the page", async () => {
  const { said, failed } = await build("test/site/fixtures/wrong");
  expect(failed).toBe(true);
  expect(said).toEqual([
    expect.stringMatching(/soon.*\n *--> test\/site\/fixtures\/wrong\/page\.md:8:\d+\n8 \| /),
    expect.stringMatching(/nowhere.*\n *--> test\/site\/fixtures\/wrong\/page\.md:5:\d+\n5 \| /),
  ]);
});

test("evidence that breaks its schema fails the build, with the file and the path in it", async () => {
  const { said, failed } = await build("test/site/fixtures/wrong-evidence");
  const place = "\n *--> test/site/fixtures/wrong-evidence/evidence/x@lxc-debian-12-amd64.json:1:1";
  expect(failed).toBe(true);
  expect(said).toEqual([
    expect.stringMatching(`steps\\[0\\].hash: a hash, .* is expected, not "sha256-0".*${place}`),
    expect.stringMatching(`steps\\[0\\].outcome: is missing.*${place}`),
    expect.stringMatching(`steps\\[0\\].durationMs: is missing.*${place}`),
    expect.stringMatching(`steps\\[0\\].exitCode: is missing.*${place}`),
    expect.stringMatching(`steps\\[0\\].phases: is missing.*${place}`),
  ]);
});

test("our own pages build, from what was read to check them", async () => {
  expect(await build("content")).toEqual({ said: [], failed: false });
  const { runbooks, evidence } = (await sharedContent()) as ReadContent;
  const file = "content/lxc/lxc-host.md";
  const [shared, own] = [
    runbooks.get(file),
    (await readPage(readFileSync(file, "utf8"), { file })).runbook,
  ] as Runbook[];
  expect(shared).toEqual(own);
  expect(runbookHash([shared as Runbook], shared as Runbook)).toBe(runbookHash([own as Runbook], own as Runbook));
  expect(evidence.map(({ runbook }) => runbook)).toContain("lxc-host");
});
