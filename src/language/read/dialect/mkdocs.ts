import type { ContainerRule } from "./container.ts";

// As Python-Markdown's own extensions read them: admonition, and pymdownx' details and tabbed.
const ADMONITION = /^!!! ?[\w-]+(?: +[\w-]+)*(?: +".*")? *$/;
const DETAILS = /^\?\?\?\+? ?(?:[\w-]+(?: +[\w-]+)*)?(?: +".*")? *$/;
const TAB = /^===(?:\+!?|!\+?)? +".*" *$/;

/** Admonitions, foldable ones, and tabs of MkDocs: what is indented by four columns below their line belongs to them. */
export const MKDOCS: ContainerRule = {
  first: ["!", "?", "="],
  opens: (line) => ([ADMONITION, DETAILS, TAB].some((form) => form.test(line)) ? { indent: 4 } : undefined),
};
