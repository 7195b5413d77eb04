import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { checkLibrary } from "../language/check-library.ts";
import { checkPage } from "../language/check-page.ts";
import type { Diagnostic } from "../language/diagnostic.ts";
import type { Page } from "../language/page.ts";
import { readPage } from "../language/read-page.ts";
import { renderDiagnostic } from "../language/render.ts";
import { readEvidenceFiles } from "../verify/evidence/files.ts";
import { diagnoseEvidence } from "../verify/evidence.ts";

/** An error at its place in a page, and as `check` prints it. */
interface Found extends Diagnostic {
  shown: string;
}

const root = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Fails the build where a page's procedure means nothing certain, with all errors of all pages at their
 * places. The plugin can't do this itself: Astro gives it a text whose lines are not the page's. While pages
 * are written, the errors stand in the terminal and over whatever page is open.
 */
export function checkContent(folder: string): AstroIntegration {
  return {
    name: "check-content",
    hooks: {
      "astro:build:start": async ({ logger }) => {
        const errors = await findErrors(folder);
        for (const { shown } of errors) logger.error(shown);
        if (errors.length > 0) throw new Error(`${errors.length} errors in content/; \`./runbook check\` shows them`);
      },
      "astro:server:setup": ({ server, logger }) => {
        let errors: Found[] = [];
        const overlay = () => {
          const [first] = errors;
          if (first) server.ws.send({ type: "error", err: errorOf(first) });
        };
        const look = async () => {
          errors = await findErrors(folder);
          for (const { shown } of errors) logger.error(shown);
          overlay();
        };
        for (const event of ["change", "add", "unlink"]) {
          server.watcher.on(event, (file) => {
            if (file.startsWith(join(root, folder))) void look();
          });
        }
        // A page that is loaded anew knows nothing of what was said before.
        server.ws.on("connection", overlay);
        void look();
      },
    },
  };
}

function errorOf({ message, file, span: { start }, shown }: Found) {
  return { message, stack: "", plugin: "check", id: file, frame: shown, loc: { file, ...start } };
}

async function findErrors(folder: string): Promise<Found[]> {
  const pages: Page[] = [];
  const texts = new Map<string, string>();
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\.mdx?$/.test(name)) continue;
    const file = join(folder, name);
    const text = readFileSync(join(root, file), "utf8");
    texts.set(file, text);
    pages.push(await readPage(text, { file }));
  }
  const runbooks = new Map(pages.flatMap(({ runbook }) => (runbook ? [[runbook.id, runbook]] : [])));
  const all = [
    ...pages.flatMap((page) => [...page.diagnostics, ...checkPage(page)]),
    ...checkLibrary(pages),
    ...diagnoseEvidence(readEvidenceFiles(folder, root), runbooks),
  ];
  // Beside pages only evidence can be wrong.
  const textOf = (file: string) => texts.get(file) ?? readFileSync(join(root, file), "utf8");
  return all
    .filter(({ severity }) => severity === "error")
    .map((one) => ({ ...one, shown: renderDiagnostic(one, textOf(one.file), { width: 100 }) }));
}
