import type { Code, Heading, Root, RootContent } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import type { PageFence, Role } from "../../language/page.ts";
import type { Runbook, Step } from "../../language/runbook.ts";

/** What stands over a fence that belongs to a step. */
const captions: Record<Exclude<Role, "step" | "norun">, string> = {
  when: "applies where",
  guard: "done where",
  proof: "proved by",
  undo: "undone by",
  output: "prints",
};

/**
 * Makes a card of each step's fence: number, id as an anchor, target; and gives the fences that belong
 * to a step a line that says so. Stands behind the language's own plugin, which says what a fence is.
 */
export function remarkStepCards() {
  return (tree: Root, file: VFile): void => {
    const { runbook } = file.data as { runbook?: Runbook };
    if (!runbook) return;
    const ids = new Set(runbook.steps.map(({ id }) => id));
    visit(tree, (node, index, parent) => {
      if (node.type === "heading") keepApart(node, ids);
      if (node.type !== "code" || index === undefined || !parent) return undefined;
      const card = cardOf(node, runbook);
      if (!card) return undefined;
      parent.children[index] = card;
      return SKIP;
    });
  };
}

function cardOf(node: Code, runbook: Runbook): RootContent | undefined {
  const { runbook: fence } = (node.data ?? {}) as { runbook?: PageFence };
  if (!fence?.role) return undefined;
  if (fence.role === "norun") return element("div", { className: ["norun"] }, [note(`Not run: ${fence.reason}`), node]);
  const at = runbook.steps.findIndex(({ id }) => id === fence.step);
  const step = runbook.steps[at];
  if (!step) return undefined;
  if (fence.role === "step") {
    const head = [stepHead(step, at + 1), ...(step.danger ? [note(`Asks first: ${step.danger}`)] : [])];
    const foot = step.keeps ? [note(`Undo leaves it: ${step.keeps}`)] : [];
    return element("div", { id: step.id, className: ["step"], dataStep: step.id }, [...head, node, ...foot]);
  }
  const caption = element("p", { className: ["step-part-head"] }, [
    element("a", { href: `#${step.id}` }, [text(step.id)]),
    text(` ${captions[fence.role]}`),
  ]);
  return element("div", { className: ["step-part"], dataRole: fence.role }, [caption, node]);
}

function stepHead(step: Step, number: number): RootContent {
  const where = step.file ? `writes ${step.file.path}` : undefined;
  return element("p", { className: ["step-head"] }, [
    element("a", { className: ["step-id"], href: `#${step.id}` }, [
      element("span", { className: ["step-number"] }, [text(String(number))]),
      text(` ${step.title ?? step.id}`),
    ]),
    ...(where ? [element("span", { className: ["step-file"] }, [text(where)])] : []),
    element("span", { className: ["step-target"], dataTarget: step.on }, [text(`on ${step.on}`)]),
  ]);
}

function note(words: string): RootContent {
  return element("p", { className: ["step-note"] }, [text(words)]);
}

// A node of no type that Markdown knows becomes the element that its data names.
function element(hName: string, hProperties: object, children: RootContent[]): RootContent {
  return { type: "runbookElement", data: { hName, hProperties }, children } as unknown as RootContent;
}

function text(value: string): RootContent {
  return { type: "text", value };
}

/** A heading whose anchor would be a step's gets another, since a step's id is its anchor. */
function keepApart(heading: Heading, ids: ReadonlySet<string>): void {
  const anchor = plainText(heading)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, "")
    .replace(/\s/g, "-");
  if (ids.has(anchor)) heading.data = { ...heading.data, hProperties: { id: `about-${anchor}` } };
}

function plainText(node: { value?: string; children?: object[] } | object): string {
  const { value, children = [] } = node as { value?: string; children?: object[] };
  return value ?? children.map(plainText).join("");
}
