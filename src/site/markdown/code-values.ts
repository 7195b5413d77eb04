import type { ExpressiveCodePlugin } from "@astrojs/starlight/expressive-code";
import { ExpressiveCodeAnnotation } from "@astrojs/starlight/expressive-code";
import { h } from "@astrojs/starlight/expressive-code/hast";
import type { ShownPiece } from "../runbook/block.ts";

/** What the cards say to the code block's renderer, as keys of the info string. */
export function codeMeta(key: string, pieces: readonly ShownPiece[], copied: string): string {
  let at = 0;
  const places = pieces.flatMap(({ text, slot }) => {
    const from = at;
    at += text.length;
    return slot === undefined || text === "" ? [] : [`${from}-${at}.${slot}`];
  });
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

/** Marks the values in a step's code, and lets its copy button give the text that is meant to be pasted. */
export function codeValues(): ExpressiveCodePlugin {
  return {
    name: "values",
    hooks: {
      annotateCode: ({ codeBlock }) => {
        const slots = codeBlock.metaOptions.getString("slots");
        if (!slots) return;
        for (const [, from, to, slot = ""] of slots.matchAll(/(\d+)-(\d+)\.(\d+)/g)) {
          let at = 0;
          for (const line of codeBlock.getLines()) {
            const start = Math.max(Number(from) - at, 0);
            const end = Math.min(Number(to) - at, line.text.length);
            if (start < end) line.addAnnotation(new ValueAnnotation(slot, start, end));
            at += line.text.length + 1;
          }
        }
      },
      postprocessRenderedBlock: ({ codeBlock, renderData }) => {
        const key = codeBlock.metaOptions.getString("block");
        const copied = codeBlock.metaOptions.getString("copied");
        if (key === undefined || copied === undefined) return;
        const figure = renderData.blockAst;
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
