import type { Role } from "./page.ts";

/** Languages that mean shell. */
export const SHELL_LANGUAGES: ReadonlySet<string> = new Set(["sh", "bash", "shell"]);

/** Languages that mean a session: commands behind prompts, and what they print. */
export const SESSION_LANGUAGES: ReadonlySet<string> = new Set(["console", "shell-session", "shellsession"]);

/** The keys that give a fence its role, in the order in which the reference tells of them. */
export const ROLES: readonly Role[] = ["step", "when", "guard", "proof", "undo", "output", "norun"];

/** Whether a key gives a fence its role. */
export function isRole(key: string): key is Role {
  return (ROLES as readonly string[]).includes(key);
}

/** The keys that each role takes beside its own. */
export const MODIFIERS: Readonly<Record<Role, readonly string[]>> = {
  step: [
    ...["on", "timeout", "retry", "sets", "exits", "background", "reboot"],
    ...["danger", "keeps", "title", "file", "mode"],
  ],
  when: ["on", "timeout"],
  guard: ["on", "timeout"],
  proof: ["on", "timeout", "within"],
  undo: ["on", "timeout"],
  output: [],
  norun: [],
};

/** Every key of ours. */
export const KEYS: ReadonlySet<string> = new Set([...ROLES, ...Object.values(MODIFIERS).flat()]);

/** Keys of Expressive Code and its plugins, and of MkDocs' fences, which mean nothing here. */
export const DISPLAY_KEYS: ReadonlySet<string> = new Set(
  (
    "title frame lang wrap preserveIndent hangingIndent showLineNumbers startLineNumber collapse collapseStyle " +
    "collapsePreserveIndent mark ins del add rem diff meta useDiffSyntax class theme linenums hl_lines"
  ).split(" "),
);
