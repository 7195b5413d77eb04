import type { Complaints } from "../../model/complaints.ts";
import type { Dialect } from "../../model/dialect.ts";
import type { PageFence } from "../../model/page.ts";
import type { Span } from "../../model/place.ts";
import { attributeOf } from "../fence/tagged.ts";

/** Complains of a page's tagged fences where its frontmatter has no `runbook:`, or says why that isn't seen. */
export function complainWithoutHeader(
  tree: unknown,
  fences: readonly PageFence[],
  lines: readonly string[],
  dialect: Dialect,
  complaints: Complaints,
): void {
  const tagged = fences.filter(({ role }) => role !== undefined && role !== "norun");
  const first = (tree as { children?: { type: string; value?: string; position?: Span }[] }).children?.[0];
  if (first?.type === "toml" && dialect !== "hugo") {
    if (!first.position || !(tagged.length > 0 || /^\s*\[?runbook\b/m.test(first.value ?? ""))) return;
    const { start } = first.position;
    const span = { start, end: { line: start.line, column: start.column + 3 } };
    complaints.add("toml-frontmatter", span, "This frontmatter is TOML, and a runbook's is YAML.", {
      hint: "Write it in YAML between two lines of `---`, or say that the pages are Hugo's: `--dialect hugo`.",
    });
    return;
  }
  // Broken frontmatter may well have had one.
  if (complaints.diagnostics.some(({ code }) => code === "yaml-syntax" || code === "toml-syntax")) return;
  const stray = lines.findIndex((line) => /^runbook:/.test(line)) + 1;
  const hint =
    stray > 0
      ? `Frontmatter stands between two lines of \`---\` and begins with the page's first line: line ${stray} is not in it.`
      : 'Write `runbook:` and its `id:` there, or `norun="why"` here.';
  for (const fence of tagged) {
    const span = attributeOf(fence, fence.role ?? "")?.span ?? fence.span;
    complaints.add("no-runbook", span, `A ${fence.role} needs \`runbook:\` in the page's frontmatter.`, { hint });
  }
}
