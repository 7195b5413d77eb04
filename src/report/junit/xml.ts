import { clean } from "../../terminal/clean.ts";

/** What XML 1.0 has no place for, not even as a reference: controls, lone surrogates and two code points. */
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

const REFERENCES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

/** Text between tags, without a terminal's escape sequences. */
export function xmlText(text: string): string {
  return legal(text).replace(/[&<>\r]/g, (character) => REFERENCES[character] ?? "");
}

/** An attribute's value; white space stays as it is, which a parser would otherwise turn into blanks. */
export function xmlAttribute(text: string): string {
  return legal(text).replace(/[&<>"\t\n\r]/g, (character) => REFERENCES[character] ?? "");
}

/** An opening tag's inside: the name and all attributes that have a value. */
export function xmlTag(name: string, attributes: Readonly<Record<string, string | number | undefined>>): string {
  const pairs = Object.entries(attributes).flatMap(([key, value]) =>
    value === undefined ? [] : [`${key}="${xmlAttribute(String(value))}"`],
  );
  return [name, ...pairs].join(" ");
}

function legal(text: string): string {
  return clean(text).replace(ILLEGAL, "\ufffd");
}
