import type { Span } from "./place.ts";

/** One safe replacement that `check --fix` may make: the text at `span` becomes `text`. */
export interface Mend {
  span: Span;
  text: string;
}

/** A fault of a page, with its place and a way to mend it. */
export interface Diagnostic {
  /** Stable and documented, such as `unknown-key`. */
  code: string;
  severity: "error" | "warning";
  /** The page's path as it was given to the reader of the page. */
  file: string;
  span: Span;
  /** One sentence on what is wrong. */
  message: string;
  /** One sentence on how to mend it. */
  hint?: string;
  mend?: Mend;
}
