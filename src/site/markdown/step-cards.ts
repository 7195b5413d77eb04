import type { Code, Root, RootContent } from "mdast";
import { SKIP, visit } from "unist-util-visit";
import type { VFile } from "vfile";
import { type Block, type ShownPiece, shownPiecesOf, type Values, written } from "../../language/copied/block.ts";
import { blocksOf, computedCommands, initialValues, titleOf } from "../../language/copied/blocks.ts";
import { endsWell, type Runbook, type Step } from "../../language/model/runbook.ts";
import { codeMeta } from "./code/code-values.ts";
import { proseCode } from "./code/prose-code.ts";
import { element, paragraph, text } from "./element.ts";
import { type Folded, fenceOf, takeFolded } from "./fold.ts";
import { keepApart } from "./links/headings.ts";

interface Cards {
  runbook: Runbook;
  blocks: ReadonlyMap<string, Block>;
  values: Values;
  folded: ReadonlyMap<string, Folded[]>;
  /** The names whose values are examples, since a host computes them. */
  computed: ReadonlyMap<string, unknown>;
}

/**
 * Makes a card of each step's fence: a heading with number and anchor, the target, the code with values in
 * place, and what belongs to it folded; the places of its proof, which is no part of the text, are filled by
 * PageContent. Stands behind the language's own plugin, which says what a fence is.
 */
export function remarkStepCards() {
  return (tree: Root, file: VFile): void => {
    const { runbook } = file.data as { runbook?: Runbook };
    if (!runbook) return;
    const ids = new Set(runbook.steps.map(({ id }) => id));
    const values = initialValues(runbook.params);
    visit(tree, "inlineCode", (node, index, parent) => {
      if (parent && index !== undefined) parent.children[index] = proseCode(node, runbook.params) as typeof node;
    });
    const computed = computedCommands(runbook.params);
    const cards: Cards = { runbook, blocks: blocksOf(runbook), values, computed, folded: takeFolded(tree) };
    let level = 1;
    visit(tree, (node, index, parent) => {
      if (node.type === "heading") {
        level = node.depth;
        keepApart(node, ids);
      }
      if (node.type !== "code" || index === undefined || !parent) return undefined;
      const card = cardOf(node, cards, Math.min(level + 1, 3));
      if (!card) return undefined;
      parent.children[index] = card;
      return SKIP;
    });
  };
}

function cardOf(node: Code, cards: Cards, level: number): RootContent | undefined {
  const fence = fenceOf(node);
  if (fence?.role === "norun")
    return element("div", { className: ["norun"] }, [paragraph("step-note", [text(`Not run: ${fence.reason}`)]), node]);
  const at = cards.runbook.steps.findIndex(({ id }) => id === fence?.step);
  const step = cards.runbook.steps[at];
  if (!step) return undefined;
  if (fence?.role === "output") {
    const caption = paragraph("step-part-head", [text("prints")]);
    return element("div", { className: ["step-part"], dataRole: "output" }, [
      caption,
      shown(node, `${step.id}:output`, cards),
    ]);
  }
  if (fence?.role !== "step") return undefined;
  return element("div", { className: ["step"], dataStep: step.id, dataTarget: step.on }, [
    heading(step, at + 1, level),
    where(step, cards),
    element("div", { dataProofOf: step.id }, []),
    ...(step.danger ? [paragraph("step-note danger", [text(`Asks first: ${step.danger}`)])] : []),
    shown(node, step.id, cards),
    ...fold(step, cards),
    element("div", { dataTranscriptOf: step.id }, []),
  ]);
}

function heading({ id, ...step }: Step, number: number, level: number): RootContent {
  return element(`h${level}`, { id, className: ["step-title"] }, [
    element("span", { className: ["step-number"] }, [text(String(number))]),
    text(` ${titleOf({ id, ...step })}`),
  ]);
}

function where({ id, on, file, retry, sets, ...step }: Step, cards: Cards): RootContent {
  const words = on === "host" ? "on the host" : `in ${on}`;
  const notes = [
    ...(retry > 1 ? [`${retry} attempts`] : []),
    ...(endsWell(step) ? [] : [`meant to end with exit ${step.exits.join(" or ")}`]),
    ...(step.background ? ["runs beside the steps that follow"] : []),
    ...(step.reboot ? ["restarts the host"] : []),
    ...(sets.length > 0 ? [`only reads; hands on ${sets.join(", ")}`] : []),
  ];
  const parts = [
    element("span", { className: ["step-target"] }, [text(words)]),
    ...(on === "host" ? [] : [element("span", {}, [text("entered by "), inline(`${id}:enter`, cards)])]),
    ...(file ? [element("span", {}, [text("writes "), inline(`${id}:path`, cards)])] : []),
    ...notes.map((note) => element("span", {}, [text(note)])),
  ];
  // The blanks are for who hears or searches the line: without them two parts are one word.
  return paragraph(
    "step-where",
    parts.flatMap((part, at) => (at > 0 ? [text(" "), part] : [part])),
  );
}

function inline(key: string, { blocks, values, computed }: Cards): RootContent {
  const block = blocks.get(key);
  const pieces = block ? piecesOf(block, values, computed) : [];
  const children = pieces.map(({ text: piece, slot, example }) =>
    slot === undefined
      ? text(piece)
      : element("span", { className: ["value", ...(example ? ["example"] : [])], dataSlot: String(slot) }, [
          text(piece),
        ]),
  );
  return element("code", { dataBlock: key }, children);
}

/** What is shown of a block, in pieces; an example is known as one. */
function piecesOf(block: Block, values: Values, computed: Cards["computed"]): (ShownPiece & { example?: boolean })[] {
  const { slots } = written(block);
  return shownPiecesOf(block, values).map((piece) => {
    const name = piece.slot === undefined ? undefined : slots[piece.slot]?.name;
    return name !== undefined && computed.has(name) ? { ...piece, example: true } : piece;
  });
}

/** The fence with values in place. */
function shown(node: Code, key: string, { blocks, values, computed }: Cards): Code {
  const block = blocks.get(key);
  if (!block) return node;
  const pieces = piecesOf(block, values, computed);
  const value = pieces.map((piece) => piece.text).join("");
  const meta = [node.meta ?? "", codeMeta(key, pieces)].join(" ");
  return { ...node, value, meta };
}

const captions: Record<string, string> = {
  when: "Applies where this succeeds",
  guard: "Done already where this succeeds",
  proof: "Proved by",
  undo: "Undone by",
};

function fold(step: Step, cards: Cards): RootContent[] {
  const folded = cards.folded.get(step.id) ?? [];
  const roles = ["when", "guard", "proof", "undo"].filter((role) => folded.some((one) => one.role === role));
  const keeps = step.keeps ? [paragraph("step-part-head", [text(`Undo leaves it: ${step.keeps}.`)])] : [];
  if (folded.length === 0 && keeps.length === 0) return [];
  const parts = roles.flatMap((role) => folded.filter((one) => one.role === role)).map((one) => part(step, one, cards));
  const summary = [...roles, ...(keeps.length > 0 ? ["what undo leaves"] : [])].join(", ");
  const opener = element("summary", {}, [text("Checks and way back "), element("span", {}, [text(summary)])]);
  return [element("details", { className: ["step-more"] }, [opener, ...parts, ...keeps])];
}

function part(step: Step, { role, index, node, prose }: Folded, cards: Cards): RootContent {
  const { on, withinMs } = (role === "output" ? undefined : step[role as "proof"]?.[index]) ?? {};
  const notes = [...(on ? [`on ${on}`] : []), ...(withinMs ? [`within ${withinMs / 1000} s`] : [])];
  const caption = paragraph("step-part-head", [text([captions[role], ...notes].join(", "))]);
  const code = shown(node, `${step.id}:${role}:${index}`, cards);
  return element("div", { className: ["step-part"], dataRole: role }, [caption, ...prose, code]);
}
