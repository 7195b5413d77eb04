import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { ExpressiveCodeAnnotation, type ExpressiveCodeBlock } from "@astrojs/starlight/expressive-code";
import { h } from "@astrojs/starlight/expressive-code/hast";
import type { ShownPiece } from "../../language/copied/block.ts";
import { insertMark } from "./insert-mark.ts";
import { joinLines } from "./join-lines.ts";

/** What the cards say to the code block's renderer, as keys of the info string. */
export function codeMeta(key: string, pieces: readonly ShownPiece[], copied: string): string {
  let line = 0;
  let column = 0;
  const places = pieces.flatMap(({ text, slot }) =>
    text.split("\n").flatMap((part, index) => {
      if (index > 0) {
        line++;
        column = 0;
      }
      const from = column;
      column += part.length;
      return slot === undefined ? [] : [`${line}:${from}-${column}.${slot}`];
    }),
  );
  return `block="${key}" slots="${places.join(",")}" copied="${encodeURIComponent(copied)}"`;
}

class ValueAnnotation extends ExpressiveCodeAnnotation {
  readonly slot: string;

  constructor(slot: string, columnStart: number, columnEnd: number) {
    super({ inlineRange: { columnStart, columnEnd }, renderPhase: "latest" });
    this.slot = slot;
  }

  render({ nodesToTransform }: Parameters<ExpressiveCodeAnnotation["render"]>[0]) {
    return nodesToTransform.map((node) => h("span.value", { dataSlot: this.slot }, node));
  }
}

interface SlotPlace {
  line: number;
  from: number;
  to: number;
  slot: string;
}

function slotsOf({ metaOptions }: ExpressiveCodeBlock): SlotPlace[] {
  const found = (metaOptions.getString("slots") ?? "").matchAll(/(\d+):(\d+)-(\d+)\.(\d+)/g);
  return Array.from(found, ([, line, from, to, slot = ""]) => ({
    line: Number(line),
    from: Number(from),
    to: Number(to),
    slot,
  }));
}

/** Marks the values in a step's code, and lets its copy button give the text that is meant to be pasted. */
export function codeValues(): ExpressiveCodePlugin {
  return {
    name: "values",
    hooks: {
      annotateCode: ({ codeBlock }) => {
        for (const { line, from, to, slot } of slotsOf(codeBlock)) {
          // Spaces at a line's end are trimmed away.
          const end = Math.min(to, codeBlock.getLine(line)?.text.length ?? 0);
          if (from < end) codeBlock.getLine(line)?.addAnnotation(new ValueAnnotation(slot, from, end));
        }
      },
      postprocessRenderedLine: ({ codeBlock, lineIndex, renderData }) => {
        for (const { line, from, to, slot } of slotsOf(codeBlock)) {
          if (line === lineIndex && from === to) insertMark(renderData.lineAst, from, slot);
        }
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const key = codeBlock.metaOptions.getString("block");
        const copied = codeBlock.metaOptions.getString("copied");
        if (key === undefined || copied === undefined) return;
        const figure = renderData.blockAst;
        joinLines(figure);
        figure.properties["dataBlock"] = key;
        for (const child of figure.children) {
          if (child.type !== "element" || !String(child.properties["className"]).includes("copy")) continue;
          for (const button of child.children) {
            if (button.type !== "element" || button.tagName !== "button") continue;
            button.properties["data-code"] = decodeURIComponent(copied).replaceAll("\n", "\x7F");
          }
        }
      },
    },
  };
}
