import type { AstroIntegrationLogger } from "astro";
import { expect, test } from "vitest";
import { checkContent } from "../../src/site/check-content.ts";

/** What a build over a folder says, and whether it goes on. */
async function build(folder: string): Promise<{ said: string[]; failed: boolean }> {
  const said: string[] = [];
  const logger = { error: (line: string) => said.push(line) } as unknown as AstroIntegrationLogger;
  const start = checkContent(folder).hooks["astro:build:start"];
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
    expect.stringMatching(/^test\/site\/fixtures\/wrong\/page\.md:8:\d+ .*soon/),
    expect.stringMatching(/^test\/site\/fixtures\/wrong\/page\.md:5:\d+ .*nowhere/),
  ]);
});

test("our own pages build", async () => {
  expect(await build("content")).toEqual({ said: [], failed: false });
});
