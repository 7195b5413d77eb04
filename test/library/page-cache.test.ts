import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test, vi } from "vitest";
import type { Diagnostic } from "../../src/language/index.ts";
import { PLAIN } from "../../src/language/model/project.ts";
import { cachedPage, keepPage } from "../../src/library/page-cache.ts";

const place = { start: { line: 1, column: 1 }, end: { line: 1, column: 2 } };
const diagnostic = (code: Diagnostic["code"]): Diagnostic => ({
  ...{ code, severity: "error", file: "page.md", span: place, message: "m" },
});

test.each<[string, Diagnostic[], Diagnostic[], boolean]>([
  ["of a page", [], [], true],
  ["of a page with an error", [diagnostic("mdx-syntax")], [], true],
  ["that reading took too long", [diagnostic("page-too-large")], [diagnostic("page-too-large")], false],
  ["that its check took too long", [diagnostic("page-too-large")], [], false],
])("what was read %s is kept where it would be the same again", (_, diagnostics, own, kept) => {
  const folder = mkdtempSync(join(tmpdir(), "runbook-cache-"));
  vi.stubEnv("XDG_CACHE_HOME", folder);
  onTestFinished(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });
  const at = { contentDir: folder, file: "page.md", settings: PLAIN };
  keepPage(at, "text", { page: { file: "page.md", fences: [], diagnostics: own }, diagnostics });
  expect(cachedPage(at, "text") !== undefined).toBe(kept);
});
