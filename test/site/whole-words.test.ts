import { type Element, h } from "@astrojs/starlight/expressive-code/hast";
import { expect, test } from "vitest";
import { keepWordsWhole } from "../../src/site/markdown/code/whole-words.ts";

/** The words of a line that are kept whole. */
function whole(...children: (string | Element)[]): string[] {
  const line = h("div", children);
  const text = (node: { value?: string; children?: object[] }): string =>
    node.value ?? (node.children ?? []).map((child) => text(child)).join("");
  const before = text(line);
  keepWordsWhole(line);
  expect(text(line)).toBe(before);
  const found: string[] = [];
  const visit = (node: { properties?: { className?: unknown }; children?: object[] }): void => {
    if (String(node.properties?.className ?? "") === "whole") found.push(text(node));
    for (const child of node.children ?? []) visit(child);
  };
  visit(line);
  return found;
}

test("an option, a path and a program with a hyphen are kept whole, plain words and blanks are not", () => {
  expect(whole("lxc-create --name web  -n 1 /etc/fstab what?so")).toEqual([
    "lxc-create",
    "--name",
    "-n",
    "/etc/fstab",
    "what?so",
  ]);
});

test("what is too long for a telephone may break", () => {
  expect(whole("--no-install-recommends-ever-again /a/b")).toEqual(["/a/b"]);
});

test("a coloured word is kept whole, a value is left as it is", () => {
  expect(whole(h("span", { style: "--0:red" }, "--dry-run"), h("span.value", { dataSlot: "0" }, "a-b"))).toEqual([
    "--dry-run",
  ]);
});

test("an option that is coloured in two parts is kept whole, and what follows it is not", () => {
  const coloured = (text: string) => h("span", { style: "--0:red" }, text);
  expect(
    whole(coloured("New-VM"), " ", coloured("-"), coloured("Name web1 "), coloured("-"), coloured("Path")),
  ).toEqual(["New-VM", "-Name", "-Path"]);
  expect(
    whole(coloured("5 "), coloured("-"), coloured(" 3"), coloured("-"), h("span.value", { dataSlot: "0" }, "a")),
  ).toEqual([]);
});
