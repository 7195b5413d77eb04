import type { Complaints } from "../../model/complaints.ts";
import type { Span } from "../../model/place.ts";
import { ROLES } from "../../model/vocabulary.ts";
import { walk } from "../walk.ts";
import type { RawFence } from "./fence.ts";

/** A key that gives a role, with a value behind it, in whatever spelling. */
export const ROLE_PAIR = new RegExp(`(?<![\\w-])(?:${ROLES.join("|")})\\s*=\\s*(?=\\S)`, "i");

/** The node that Markdown made of a stretch of the page. */
interface Region {
  type: string;
  value: string;
  span: Span;
}

interface Reason {
  message: string;
  hint: string;
}

/** Complains of text that looks like a tagged fence, and that Markdown takes for something else, so that it never runs. */
export function findLostFences(
  tree: unknown,
  fences: readonly RawFence[],
  lines: readonly string[],
  complaints: Complaints,
): void {
  const regions = regionsOf(tree);
  const starts = new Set(fences.map(({ span }) => span.start.line));
  for (const [index, text] of lines.entries()) {
    const line = index + 1;
    const opening = starts.has(line) ? undefined : openingIn(text);
    if (!opening) continue;
    const around = fences.find(({ span }) => span.start.line < line && line <= span.end.line);
    const shown = around && !isAtStart(text.slice(0, opening.at));
    const reason = shown ? undefined : around ? ofFence(around, opening) : ofRegion(line, opening, regions, lines);
    if (!reason) continue;
    const span = { start: { line, column: opening.at + 1 }, end: { line, column: text.trimEnd().length + 1 } };
    complaints.add("lost-fence", span, reason.message, { hint: reason.hint });
  }
}

/** Where a line opens what looks like a tagged fence, and by which marks. */
interface Opening {
  at: number;
  marks: string;
  info: string;
}

/** Marks that the same line closes hold inline code, which only shows a fence. */
function openingIn(text: string): Opening | undefined {
  const runs = [...text.matchAll(/`{2,}|~{3,}/g)];
  for (let index = 0; index < runs.length; index++) {
    const { 0: marks = "", index: at = 0 } = runs[index] ?? {};
    const closing = runs.findIndex((run, other) => other > index && run[0] === marks);
    if (marks.startsWith("`") && closing > index) index = closing;
    else {
      const info = text.slice(at + marks.length);
      if (ROLE_PAIR.test(info) && !text.slice(0, at).endsWith("\\")) return { at, marks, info };
    }
  }
  return undefined;
}

function regionsOf(tree: unknown): Region[] {
  const regions: Region[] = [];
  walk<unknown>(tree, (node) => {
    const { type, value, position } = node as { type: string; value?: string; position?: Span };
    if (KINDS.has(type) && position) regions.push({ type, value: value ?? "", span: position });
  });
  return regions;
}

const KINDS = new Set(["html", "code", "yaml", "toml", "mdxjsEsm", "mdxFlowExpression", "mdxTextExpression"]);

/** Inside a fence a fence is only shown, unless the outer one ends where the inner one was meant to. */
function ofFence({ span, marks, closed }: RawFence, inner: Opening): Reason | undefined {
  const where = `the fence of line ${span.start.line}`;
  if (!closed) {
    const hint = "Close it with a line of its own marks.";
    return { message: `This belongs to ${where}, which never ends, so it is no fence of its own.`, hint };
  }
  if (inner.marks[0] !== marks[0] || inner.marks.length < marks.length) return undefined;
  return {
    message: `This belongs to ${where}, and the next line of such marks ends that one, not this.`,
    hint: "Close the fence above before this one; to show a fence, put it in one of more marks, or of tildes.",
  };
}

function ofRegion(
  line: number,
  opening: Opening,
  regions: readonly Region[],
  lines: readonly string[],
): Reason | undefined {
  const region = regions.findLast(({ span }) => span.start.line <= line && line <= span.end.line);
  switch (region?.type) {
    case "yaml":
    case "toml":
      return undefined;
    case "html":
      return ofHtml(line, region);
    case "mdxjsEsm":
    case "mdxFlowExpression":
    case "mdxTextExpression":
      if (commentAt(region, line, /\/\*[\s\S]*?\*\//g)) return undefined;
      return {
        message: "This stands in an expression, which is never evaluated here.",
        hint: "Write it outside the braces.",
      };
    default:
      return ofText(line, opening, lines);
  }
}

function ofHtml(line: number, region: Region): Reason | undefined {
  const comment = commentAt(region, line, /<!--[\s\S]*?(?:-->|$)/g);
  if (comment?.endsWith("-->")) return undefined;
  if (comment) return { message: "This stands in a comment that never ends.", hint: "End the comment with `-->`." };
  const tag = /^<(\/?[A-Za-z][\w.-]*)/.exec(region.value.trimStart())?.[1] ?? "";
  if (/^(?:pre|script|style|textarea)$/i.test(tag)) {
    return { message: `Markdown reads nothing inside \`<${tag}>\`.`, hint: `Take the fence out of \`<${tag}>\`.` };
  }
  const message = "Markdown takes this for HTML: that goes on to the next empty line.";
  const jsx = /^\/?[A-Z]/.test(tag) ? " Where components are meant, the page must be `.mdx`." : "";
  return { message, hint: `Put an empty line before the fence, and one behind it.${jsx}` };
}

/** The comment of a region that a line lies in. */
function commentAt({ value, span }: Region, line: number, comments: RegExp): string | undefined {
  for (const { 0: comment, index } of value.matchAll(comments)) {
    const first = span.start.line + value.slice(0, index).split("\n").length - 1;
    if (first <= line && line < first + comment.split("\n").length) return comment;
  }
  return undefined;
}

/** Text and indented code: what stands before the marks says why Markdown sees no fence. */
function ofText(line: number, { at, marks, info }: Opening, lines: readonly string[]): Reason {
  const before = (lines[line - 1] ?? "").slice(0, at);
  if (marks.length < 3)
    return { message: "A fence has three marks at least.", hint: "Write three backticks, or more." };
  if (/\[\^[^\]]+\]:/.test(before) || /^\s*\[\^[^\]]+\]:/.test(ownerOf(line, lines))) {
    return { message: "A footnote is no place for a fence that runs.", hint: "Write the fence in the text itself." };
  }
  if (/^(?:!!!|\?\?\?\+?|===)(?:\s|$)/.test(ownerOf(line, lines).trimStart())) {
    return {
      message: "Markdown knows no `!!!` and no `===` blocks: what is indented below them is no fence.",
      hint: "Write the fence without indentation, or say that the pages are those of MkDocs: `--dialect mkdocs`.",
    };
  }
  if (/^\s*:\s+$/.test(before)) {
    return { message: "Markdown knows no definition lists, so this is text.", hint: "Write the fence on its own." };
  }
  if (!isAtStart(before)) {
    return { message: "A fence begins a line, and text stands before this one.", hint: "Begin a new line." };
  }
  if (marks.startsWith("`") && info.includes("`")) {
    const hint = "Use tildes for this fence (`~~~`), or write the value without backticks.";
    return { message: "A fence of backticks has no backtick in its opening line.", hint };
  }
  return {
    message: "This is indented so deeply that Markdown sees no fence.",
    hint: "Indent it by less than four blanks more than what surrounds it; to show a fence, put it in one of tildes.",
  };
}

/** Whether nothing but indentation and the marks of lists and quotes stands before a place. */
function isAtStart(before: string): boolean {
  return /^(?:\s|>|[-*+](?=\s)|\d{1,9}[.)](?=\s))*$/.test(before);
}

/** The nearest line above that is indented less: what Markdowns with blocks by indentation make this a part of. */
function ownerOf(line: number, lines: readonly string[]): string {
  const indentOf = (text: string): number => /^\s*/.exec(text)?.[0].length ?? 0;
  let indent = indentOf(lines[line - 1] ?? "");
  for (let index = line - 2; index >= 0 && indent > 0; index--) {
    const text = lines[index] ?? "";
    if (text.trim() === "" || indentOf(text) >= indent) continue;
    if (/^\s*(?:!!!|\?\?\?|===|\[\^)/.test(text)) return text;
    indent = indentOf(text);
  }
  return "";
}
