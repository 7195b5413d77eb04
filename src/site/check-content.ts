import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { checkLibrary } from "../language/check-library.ts";
import { checkPage } from "../language/check-page.ts";
import type { Diagnostic } from "../language/diagnostic.ts";
import type { Page } from "../language/page.ts";
import { readPage } from "../language/read-page.ts";
import { readEvidenceFiles } from "../verify/evidence/files.ts";
import { diagnoseEvidence } from "../verify/evidence.ts";

/**
 * Fails the build where a page's procedure means nothing certain, with all errors of all pages at their
 * places. The plugin can't do this itself: Astro gives it a text whose lines are not the page's.
 */
export function checkContent(folder: string): AstroIntegration {
  return {
    name: "check-content",
    hooks: {
      "astro:build:start": async ({ logger }) => {
        const errors = (await findDiagnostics(folder)).filter(({ severity }) => severity === "error");
        for (const error of errors) logger.error(describe(error));
        if (errors.length > 0) throw new Error(`${errors.length} errors in content/; \`./runbook check\` shows them`);
      },
      "astro:server:setup": ({ server, logger }) => {
        const tell = async () => {
          for (const { severity, ...rest } of await findDiagnostics(folder)) {
            if (severity === "error") logger.error(describe({ severity, ...rest }));
          }
        };
        server.watcher.on("change", (file) => {
          if (file.startsWith(folder)) void tell();
        });
        void tell();
      },
    },
  };
}

async function findDiagnostics(folder: string): Promise<Diagnostic[]> {
  const root = fileURLToPath(new URL("../../", import.meta.url));
  const pages: Page[] = [];
  for (const name of readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).sort()) {
    if (!/\.mdx?$/.test(name)) continue;
    const file = join(folder, name);
    pages.push(await readPage(readFileSync(join(root, file), "utf8"), { file }));
  }
  const runbooks = new Map(pages.flatMap(({ runbook }) => (runbook ? [[runbook.id, runbook]] : [])));
  return [
    ...pages.flatMap((page) => [...page.diagnostics, ...checkPage(page)]),
    ...checkLibrary(pages),
    ...diagnoseEvidence(readEvidenceFiles(folder, root), runbooks),
  ];
}

function describe({ file, span, message, hint }: Diagnostic): string {
  return `${file}:${span.start.line}:${span.start.column} ${message}${hint ? ` ${hint}` : ""}`;
}
