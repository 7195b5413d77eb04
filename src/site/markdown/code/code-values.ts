import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { ExpressiveCodeAnnotation, type ExpressiveCodeBlock } from "@astrojs/starlight/expressive-code";
import type { ElementContent } from "@astrojs/starlight/expressive-code/hast";
import type { ShownPiece } from "../../../language/copied/block.ts";
import { insertMark } from "./insert-mark.ts";
import { joinLines } from "./join-lines.ts";
import { dropPlainInk, plainStyle } from "./plain-ink.ts";
import { markOf, parentOfLines } from "./rendered-code.ts";
import { keepWordsWhole } from "./whole-words.ts";

/** A piece of a block's code; an example is one of a computed default. */
interface CodePiece extends ShownPiece {
  example?: boolean;
}

/** What the cards say to the code block's renderer, as keys of the info string. */
export function codeMeta(key: string, pieces: readonly CodePiece[]): string {
  let line = 0;
  let column = 0;
  const places = pieces.flatMap(({ text, slot, example }) =>
    text.split("\n").flatMap((part, index) => {
      if (index > 0) {
        line++;
        column = 0;
      }
      const from = column;
      column += part.length;
      return slot === undefined ? [] : [`${line}:${from}-${column}.${slot}${example ? "e" : ""}`];
    }),
  );
  return `block="${key}" slots="${places.join(",")}"`;
}

class ValueAnnotation extends ExpressiveCodeAnnotation {
  readonly slot: string;
  readonly example: boolean;

  constructor({ slot, example }: SlotPlace, columnStart: number, columnEnd: number) {
    super({ inlineRange: { columnStart, columnEnd }, renderPhase: "latest" });
    this.slot = slot;
    this.example = example;
  }

  render({ nodesToTransform }: Parameters<ExpressiveCodeAnnotation["render"]>[0]) {
    const classes = ["value", ...(this.example ? ["example"] : [])];
    return nodesToTransform.map((node) =>
      // Several words lie in a root.
      markOf(classes, (node.type === "root" ? node.children : [node]) as ElementContent[], { dataSlot: this.slot }),
    );
  }
}

interface SlotPlace {
  line: number;
  from: number;
  to: number;
  slot: string;
  example: boolean;
}

function slotsOf({ metaOptions }: ExpressiveCodeBlock): SlotPlace[] {
  const found = (metaOptions.getString("slots") ?? "").matchAll(/(\d+):(\d+)-(\d+)\.(\d+)(e?)/g);
  return Array.from(found, ([, line, from, to, slot = "", example]) => ({
    line: Number(line),
    from: Number(from),
    to: Number(to),
    slot,
    example: example === "e",
  }));
}

/** Marks the values in a step's code. What its copy button gives, the page's script makes of the page's data at the click. */
export function codeValues(): ExpressiveCodePlugin {
  return {
    name: "values",
    hooks: {
      annotateCode: ({ codeBlock }) => {
        for (const place of slotsOf(codeBlock)) {
          const { line, from, to } = place;
          // Spaces at a line's end are trimmed away.
          const end = Math.min(to, codeBlock.getLine(line)?.text.length ?? 0);
          if (from < end) codeBlock.getLine(line)?.addAnnotation(new ValueAnnotation(place, from, end));
        }
      },
      postprocessRenderedLine: ({ renderData, styleVariants }) => {
        dropPlainInk(renderData.lineAst, plainStyle(styleVariants));
        keepWordsWhole(renderData.lineAst);
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const key = codeBlock.metaOptions.getString("block");
        if (key === undefined) return;
        const figure = renderData.blockAst;
        const lines = parentOfLines(figure)?.children ?? [];
        for (const { line, from, to, slot } of slotsOf(codeBlock)) {
          const found = lines[line];
          if (from === to && found?.type === "element") insertMark(found, from, slot);
        }
        joinLines(figure);
        figure.properties["dataBlock"] = key;
        for (const child of figure.children) {
          if (child.type !== "element" || !String(child.properties["className"]).includes("copy")) continue;
          for (const button of child.children) {
            if (button.type !== "element" || button.tagName !== "button") continue;
            // Among many of its kind each says what it copies.
            button.properties["aria-label"] = copyName(key);
            delete button.properties["dataCode"];
          }
        }
      },
    },
  };
}

/** What the button of a block copies: `create` is a step, `create:guard:0` belongs to one. */
function copyName(key: string): string {
  const [step = "", part] = key.split(":");
  return part ? `Copy the ${part} of ${step}` : `Copy ${step}`;
}
