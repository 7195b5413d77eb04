import type { Diagnostic } from "./diagnostic.ts";
import type { Span } from "./place.ts";
import type { Fence, Runbook } from "./runbook.ts";

/** What a tagged fence is for. */
export type Role = "step" | "when" | "guard" | "proof" | "undo" | "output" | "norun";

/** A `key="value"` pair of a fence's info string, with its places in the page. */
export interface FenceAttribute {
  key: string;
  value: string;
  /** Absent where the key stands without a value. */
  quote?: '"' | "'" | "none";
  /** The whole pair. */
  span: Span;
  valueSpan: Span;
}

/** A fence of a page with the role that its info string gives it. */
export interface PageFence extends Fence {
  /** Absent where the fence is only shown. */
  role?: Role;
  /** The id of the step that it is or belongs to. */
  step?: string;
  /** Why it is never run, of a `norun` fence. */
  reason?: string;
  /** The pairs of its info string, those of other tools too. */
  attributes: FenceAttribute[];
}

/** What a page's text says. */
export interface Page {
  /** The path as it was given. */
  file: string;
  title?: string;
  description?: string;
  /** Absent where the frontmatter has no `runbook:`; where it has errors, what could be read. */
  runbook?: Runbook;
  /** All fences in page order, untagged ones too. */
  fences: PageFence[];
  /** What reading the page found wrong, in page order; `checkPage` finds the rest. */
  diagnostics: Diagnostic[];
}
