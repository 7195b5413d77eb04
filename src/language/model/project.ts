import type { Dialect } from "./dialect.ts";

/** What a project says of all of its pages. */
export interface ProjectSettings {
  /** The Markdown that pages are written in. */
  dialect: Dialect;
  /** Values of parameters that a page gives no default, by name. */
  defaults: Readonly<Record<string, string>>;
  /** Commands of targets that a page uses and does not declare, by name. */
  targets: Readonly<Record<string, string>>;
}

/** The settings without a project. */
export const PLAIN: ProjectSettings = { dialect: "markdown", defaults: {}, targets: {} };
