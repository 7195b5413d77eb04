import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { onTestFinished } from "vitest";
import type { Place } from "./perform.ts";

export { type PageRun, type Place, runPage, undoPage } from "./perform.ts";

/** Makes a place with these pages, by path. */
export function makePlace(pages: Record<string, string>): Place {
  const root = mkdtempSync(join(tmpdir(), "runbook-test-"));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const place = { content: join(root, "content"), state: join(root, "state"), work: join(root, "work") };
  mkdirSync(place.work);
  for (const [path, text] of Object.entries(pages)) {
    const file = join(place.content, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  return place;
}

/** A page with a runbook `page`: `head` is more of its frontmatter, `steps` fences by their info strings. */
export function pageOf(steps: [info: string, text: string][], head = ""): string {
  const fences = steps.map(([info, text]) => `\`\`\`${info}\n${text}\n\`\`\`\n`).join("\n");
  return `---\ntitle: Page\nrunbook:\n  id: page\n${head}---\n\n# Page\n\n${fences}`;
}
