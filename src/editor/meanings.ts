import type { Role } from "../language/model/page.ts";
import { parameterSchema, runbookSchema } from "../language/read/frontmatter/schema.ts";
import { meaningsOf } from "../schema/shapes.ts";

/** What each key of a fence means, as an editor shows it. */
export const FENCE_KEYS: Readonly<Record<Role | Modifier, string>> = {
  step: "A step. Steps run in page order; the id is the step's anchor and its name everywhere.",
  when: "Exits 0 where the step applies. Else the step is skipped, with what this printed as the reason.",
  guard: "Exits 0 where the step's work is done already: the step is skipped.",
  proof: "Must exit 0 after the step. A step without a guard is guarded by its proofs, each tried once.",
  undo: "Takes the step back. `runbook undo` runs undos in reverse order.",
  output: "What the step prints on stdout. `…` stands for any characters, or alone on a line for any lines.",
  norun: "Shown and never run, for this reason.",
  on: "The target that this runs on; `host` where nothing is said.",
  timeout: "How long one try may take: a whole number and `ms`, `s`, `m` or `h`. Without it a step may take an hour.",
  within: "How long the proof is polled until it holds, such as `30s`.",
  retry: "Attempts in all, 1 to 99, with growing pauses between them.",
  sets: "Names of variables that the step hands to all later steps on every target. Such a step only reads and runs every time.",
  exits: "The exit statuses that the step is meant to end with; `0` where nothing is said.",
  background: "`true`: a service that runs beside the steps that follow. It needs a proof.",
  reboot: "`true`: the host restarts, and the run goes on when it is back.",
  danger: "Why to ask before the step runs.",
  keeps: "Why undo leaves what the step did.",
  title: "The step's name for people, and the title of the fence on the site.",
  file: "The fence's text becomes the whole content of this file. Guard and undo come by themselves.",
  mode: "The file's permission bits in octal, such as `0600`.",
};

type Modifier = "on" | "timeout" | "within" | "retry" | "sets" | "exits" | "background" | "reboot" | TextKey;
type TextKey = "danger" | "keeps" | "title" | "file" | "mode";

/** What each key under `runbook:` means. */
export const HEADER_KEYS = sentences(meaningsOf(runbookSchema));

/** What each key of a parameter means. */
export const VALUE_KEYS = sentences(meaningsOf(parameterSchema));

/** Meanings as an editor shows them, alone; in a table's cell they begin small and have no full stop. */
function sentences(meanings: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  const sentence = (text: string) => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
  return Object.fromEntries(Object.entries(meanings).map(([key, meaning]) => [key, sentence(meaning)]));
}

/** The meaning of a key that a fence's role takes. */
export function meaningOf(key: string): string | undefined {
  return (FENCE_KEYS as Readonly<Record<string, string>>)[key];
}
