import type { Diagnostic } from "./diagnostic.ts";

interface Code {
  severity: Diagnostic["severity"];
  /** What it means, as the reference prints it. */
  about: string;
}

/** Every diagnostic of the language by its stable code. */
export const CODES = {
  // The page as a whole
  "page-unreadable": { severity: "error", about: "The page can't be read, or not be parsed as Markdown." },
  "page-too-large": {
    severity: "error",
    about: "The page is longer or nested deeper than pages may be, or takes too long to read.",
  },
  "not-text": { severity: "error", about: "The page is not UTF-8, or holds a NUL." },
  "mdx-syntax": { severity: "error", about: "The page is no valid MDX." },
  "toml-frontmatter": {
    severity: "error",
    about: "Frontmatter in TOML (`+++`) on a page with tagged fences or `runbook`, where the dialect is not `hugo`.",
  },
  "toml-syntax": { severity: "error", about: "The frontmatter of a page of Hugo is no valid TOML." },
  "yaml-syntax": { severity: "error", about: "The frontmatter is no valid YAML." },
  "mdx-code": { severity: "warning", about: "An import, export or expression: it never runs here." },
  // Frontmatter
  "unknown-key": { severity: "error", about: "A key under `runbook:` that the language doesn't have." },
  "missing-id": { severity: "error", about: "`runbook:` without an `id`." },
  "bad-id": { severity: "error", about: "An id that isn't made of lower-case letters, digits and hyphens." },
  "bad-value": { severity: "error", about: "A frontmatter value of the wrong kind." },
  "bad-name": { severity: "error", about: "A variable's name that a shell can't have." },
  "reserved-name": { severity: "error", about: "A name that steers the shell, the loader or the runner." },
  "bad-pattern": { severity: "error", about: "A `pattern` that is no regular expression." },
  "bad-default": { severity: "error", about: "A default or an example that its own parameter refuses." },
  "bad-proved-value": {
    severity: "error",
    about: "A value under `verify:` of no parameter, of a secret, or that its parameter refuses.",
  },
  // Fences
  "no-runbook": { severity: "error", about: "A tagged fence on a page without `runbook:`." },
  "missing-language": { severity: "error", about: "A tagged fence without a language before its keys." },
  "not-shell": { severity: "error", about: "A fence that must be shell in another language." },
  "two-roles": { severity: "error", about: "A fence with more than one role." },
  "unknown-attribute": { severity: "error", about: "A key on a tagged fence that nobody knows." },
  "misplaced-attribute": { severity: "error", about: "A key that this fence's role doesn't take." },
  "duplicate-attribute": { severity: "error", about: "A key that stands twice on a fence." },
  "unquoted-value": { severity: "error", about: "A key's value without quotes." },
  "bad-attribute": { severity: "error", about: "A key's value that its rule refuses." },
  "lost-fence": {
    severity: "error",
    about: "Text that looks like a tagged fence and is none for Markdown, or whose tag is none.",
  },
  "unclosed-fence": { severity: "error", about: "A tagged fence that never ends, so that prose would run." },
  "empty-fence": { severity: "error", about: "A tagged shell fence without a command." },
  "bad-session": {
    severity: "error",
    about: "A session whose commands and output can't be told apart, or that is no step.",
  },
  prompt: { severity: "error", about: "A `$ ` prompt before a command." },
  "shell-syntax": { severity: "error", about: "Shell that bash can't parse." },
  "generated-text": {
    severity: "error",
    about: "Text of a tagged fence that the documentation's own tool replaces before readers see it.",
  },
  // Steps
  "duplicate-step": { severity: "error", about: "Two steps of a page with one id." },
  "dangling-step": { severity: "error", about: "A fence that belongs to a step that the page doesn't have." },
  "duplicate-output": { severity: "error", about: "A second `output` of one step." },
  "unknown-target": { severity: "error", about: "`on` with a target that the page doesn't declare." },
  contradiction: { severity: "error", about: "Parts of a step that exclude each other." },
  "array-as-text": {
    severity: "error",
    about: "An array of `sets` where only text can stand: in a file, its path, or output.",
  },
  // Between pages
  "duplicate-runbook": { severity: "error", about: "Two pages with one runbook id." },
  "dangling-require": { severity: "error", about: "`requires` with a runbook that no page has." },
  cycle: { severity: "error", about: "Runbooks that require each other." },
  "unequal-declaration": { severity: "error", about: "A name declared differently in runbooks that run together." },
  "bad-evidence": { severity: "error", about: "An evidence file that breaks its schema." },
  // Probably not meant
  "unset-variable": { severity: "warning", about: "A variable that nothing sets." },
  "not-copied": {
    severity: "warning",
    about: "A value of a required runbook, which what is copied from this page lacks.",
  },
  "unproved-step": { severity: "warning", about: "A step with neither guard nor proof." },
  "no-undo": { severity: "warning", about: "A step on the host with no undo and no `keeps`." },
  "unquoted-parameter": { severity: "warning", about: "An unquoted parameter that is no list." },
  "guarded-sets": { severity: "warning", about: "A step that may be skipped sets what a later one uses." },
  "secret-shown": {
    severity: "warning",
    about: "A secret in a file's path or in a target's arguments, where all can read it.",
  },
  "one-shell": { severity: "warning", about: "A step takes from another step's shell what no other shell has." },
  "waits-for-input": { severity: "warning", about: "A command that waits for commands or input that never come." },
  "hasty-pipe": {
    severity: "warning",
    about: "A pipe of a step into `grep --quiet`, which may fail in spite of a match.",
  },
  "reassigned-parameter": { severity: "warning", about: "A step gives a parameter another value." },
  "stale-evidence": { severity: "warning", about: "Evidence of what a page no longer says." },
  "untagged-shell": { severity: "warning", about: "A shell fence without a role." },
} as const satisfies Record<string, Code>;

/** The code of a diagnostic. */
export type DiagnosticCode = keyof typeof CODES;
