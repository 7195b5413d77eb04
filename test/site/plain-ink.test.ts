import { h } from "@astrojs/starlight/expressive-code/hast";
import { expect, test } from "vitest";
import { dropPlainInk, plainStyle } from "../../src/site/markdown/code/plain-ink.ts";

const themes = ["#d6deeb", "#403f53"].map((colour) => ({
  resolvedStyleSettings: new Map([["codeForeground", colour]]),
}));
const plain = plainStyle(themes as never);

function left(...children: Parameters<typeof h>[2][]): unknown[] {
  const line = h("div", ...children);
  dropPlainInk(line, plain);
  return line.children.map((one) => (one.type === "text" ? one.value : one));
}

const ink = (style: string, text: string) => h("span", { style }, text);
const blue = "--0:#82AAFF;--1:#3B61B0";

test("words in the code's own colour and blanks of any colour need no element, and lie in one text", () => {
  const word = ink(blue, "ls");
  expect(left([ink("--0:#D6DEEB;--1:#403F53", "[ "), ink(blue, " "), word, ink(blue, "  ")])).toEqual([
    "[  ",
    word,
    "  ",
  ]);
});

test("a value, and what has more than a colour, keeps its element", () => {
  const value = h("span.value", { dataSlot: "0" }, [ink("--0:#D6DEEB;--1:#403F53", "web")]);
  const underlined = ink(`${blue};--0td:underline`, " ");
  expect(left([value, underlined])).toEqual([h("span.value", { dataSlot: "0" }, ["web"]), underlined]);
});
