/** What readers want done, in the order in which they want it. A runbook's page names its own as `goal:`. */
export const goals = {
  host: "Set up a host",
  image: "Make or fetch an image",
  guest: "Make a container or a machine",
  change: "Change one that there is",
  move: "Move, copy, keep",
  error: "Bring about an error, and cure it",
  learn: "Learn how runbooks work",
  other: "All else",
} as const;

/** A goal's name, which is its anchor too. */
export type GoalId = keyof typeof goals;

/** All goals, as the frontmatter's schema takes them. */
export const goalIds = Object.keys(goals) as [GoalId, ...GoalId[]];

/** The goal that a page serves: what its frontmatter says; the pages for authors teach. */
export function goalOf(page: string, said: GoalId | undefined): GoalId {
  return said ?? (page.startsWith("authors/") ? "learn" : "other");
}
