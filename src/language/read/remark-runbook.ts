import type { VFile } from "vfile";
import { cleanTitle } from "../../terminal/clean.ts";
import { Complaints } from "../model/complaints.ts";
import type { Dialect } from "../model/dialect.ts";
import type { PageFence } from "../model/page.ts";
import type { Span } from "../model/place.ts";
import type { ProjectSettings } from "../model/project.ts";
import type { Runbook } from "../model/runbook.ts";
import { checkBraces, readBraces } from "./dialect/braces.ts";
import { findGenerated } from "./dialect/generated.ts";
import { type CodeNode, pageLines, type RawFence, readFence } from "./fence/fence.ts";
import { findLostFences } from "./fence/lost-fences.ts";
import { readSteps } from "./fence/steps.ts";
import { readTags } from "./fence/tagged.ts";
import { type Frontmatter, readHeader } from "./frontmatter/header.ts";
import { complainWithoutHeader } from "./frontmatter/missing.ts";
import { parseToml } from "./frontmatter/toml.ts";
import { parseYaml, yamlOf } from "./frontmatter/yaml-node.ts";
import { findMdxCode } from "./mdx-code.ts";
import { takeSettings } from "./project.ts";
import { walk } from "./walk.ts";

/** How the plugin is used in a pipeline. */
export interface RemarkRunbookOptions {
  /** Also gives the diagnostics to the file as messages; true where nothing is said. */
  messages?: boolean;
  /** The Markdown that the tree was parsed from, where it is none of unified's own. */
  dialect?: Dialect;
}

/**
 * A remark plugin that reads a page's runbook. Each fence's `code` node gets its `PageFence` as
 * `data.runbook`; the file's `data` gets `runbook` (where the page is one), `fences`, `diagnostics`,
 * and the frontmatter's `title` and `description`.
 */
export function remarkRunbook(options: RemarkRunbookOptions = {}) {
  return (tree: unknown, file: VFile): void => {
    const complaints = new Complaints(file.path ?? "");
    const lines = pageLines(String(file));
    const dialect = options.dialect ?? "markdown";
    const frontmatter = frontmatterOf(tree, file, dialect, complaints);
    const fences: PageFence[] = [];
    const found: RawFence[] = [];
    let heading: string | undefined;
    walk<unknown>(tree, (node) => {
      const { type } = node as { type: string };
      if (type === "heading") heading ??= cleanTitle(plainText(node));
      if (type !== "code") return;
      const code = node as unknown as CodeNode;
      const plain = readFence(code, lines);
      if (!plain) return;
      const { raw, meta } = dialect === "mkdocs" ? readBraces(plain, code) : { raw: plain, meta: code.meta ?? "" };
      const fence = readTags(raw, meta, frontmatter.header !== undefined, complaints);
      if (dialect === "mkdocs") checkBraces(fence, raw, code, complaints);
      found.push(raw);
      fences.push(fence);
      code.data = { ...(code.data as object | undefined), runbook: fence };
    });
    findLostFences(tree, found, lines, complaints);
    findGenerated(fences, dialect, complaints);
    findMdxCode(tree, dialect, complaints);
    const { settings } = file.data as { settings?: ProjectSettings };
    if (frontmatter.header && settings) takeSettings(frontmatter.header, fences, settings, complaints);
    const title = frontmatter.title ?? heading;
    if (!frontmatter.header) complainWithoutHeader(tree, fences, lines, dialect, complaints);
    const runbook = runbookOf(frontmatter, title, fences, complaints);
    const diagnostics = complaints.sorted();
    Object.assign(file.data, { fences, diagnostics, runbook, title, description: frontmatter.description });
    if (options.messages !== false) for (const diagnostic of diagnostics) addMessage(file, diagnostic);
  };
}

export default remarkRunbook;

function runbookOf(
  { header, description }: Frontmatter,
  title: string | undefined,
  fences: PageFence[],
  complaints: Complaints,
): Runbook | undefined {
  if (!header) return undefined;
  const steps = readSteps(fences, header.targets, complaints);
  return {
    id: header.id,
    title: title ?? header.id,
    ...(description !== undefined && { description }),
    file: complaints.file,
    span: header.span,
    requires: header.requires,
    needs: header.needs,
    params: header.params,
    targets: header.targets,
    ...(header.verify && { verify: header.verify }),
    steps,
  };
}

function frontmatterOf(tree: unknown, file: VFile, dialect: Dialect, complaints: Complaints): Frontmatter {
  const first = (tree as { children?: { type: string; value?: string; position?: Span }[] }).children?.[0];
  if (first?.type === "yaml")
    return readHeader(parseYaml(first.value ?? "", (first.position?.start.line ?? 1) + 1), complaints);
  if (first?.type === "toml" && dialect === "hugo")
    return readHeader(parseToml(first.value ?? "", (first.position?.start.line ?? 1) + 1, complaints), complaints);
  // Astro takes the frontmatter away before any plugin runs, and leaves what it parsed.
  const { astro } = file.data as { astro?: { frontmatter?: unknown } };
  return astro?.frontmatter ? readHeader(yamlOf(astro.frontmatter), complaints) : {};
}

function addMessage(file: VFile, diagnostic: Complaints["diagnostics"][number]): void {
  const { code, message, hint, span, severity } = diagnostic;
  const added = file.message(hint ? `${message} ${hint}` : message, { place: span, ruleId: code, source: "runbook" });
  if (severity === "error") added.fatal = true;
}

function plainText(node: unknown): string {
  const { value, children = [] } = node as { value?: string; children?: unknown[] };
  return value ?? children.map(plainText).join("");
}
