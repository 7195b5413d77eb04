import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A folder of pages, taken away when the caller's scope ends. */
export function temporaryPages(pages: Record<string, string>) {
  const dir = mkdtempSync(join(tmpdir(), "runbook-pages-"));
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
    utimesSync(join(dir, path), 1_000_000_000, 1_000_000_000);
  };
  for (const [path, text] of Object.entries(pages)) write(path, text);
  return { dir, write, [Symbol.dispose]: () => rmSync(dir, { recursive: true }) };
}

/** A page with a runbook. */
export function runbookPage(id: string, { title = `About ${id}`, requires = [] as string[], body = "" } = {}): string {
  return `---\ntitle: ${title}\nrunbook:\n  id: ${id}\n  requires: [${requires.join(", ")}]\n---\n\n${body}\n`;
}

/** A step that the check finds nothing wrong with. */
export const rightStep = `\`\`\`sh step="one" keeps="nothing to take away"
true
\`\`\`

\`\`\`sh proof="one"
true
\`\`\``;
