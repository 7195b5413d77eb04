/** What readers want done, in the order in which they want it; a runbook serves the first that its id ends like. */
export const goals = {
  host: { title: "Set up a host", ends: ["host", "install", "rootless"] },
  image: { title: "Make or fetch an image", ends: ["image", "build", "convert"] },
  guest: {
    title: "Make a container or a machine",
    ends: ["new", "run", "guest", "vm", "machine", "container", "app", "compose"],
  },
  change: {
    title: "Change one that there is",
    ends: ["update", "limit", "disk", "network", "publish", "snapshot", "clone", "everyday"],
  },
  move: { title: "Move, copy, keep", ends: ["move", "migrate", "backup", "export", "import"] },
  learn: { title: "Learn how runbooks work", ends: [] },
  other: { title: "All else", ends: [] },
} as const satisfies Record<string, { title: string; ends: readonly string[] }>;

/** A goal's name, which is its anchor too. */
export type GoalId = keyof typeof goals;

/** Runbooks whose ids end otherwise, or like another goal's. */
const exceptions: Record<string, GoalId> = { netns: "learn" };

/** The goal that a runbook serves. */
export function goalOf(id: string): GoalId {
  const last = id.split("-").at(-1) ?? "";
  const found = Object.entries(goals).find(([, { ends }]) => (ends as readonly string[]).includes(last));
  return exceptions[id] ?? ((found?.[0] ?? "other") as GoalId);
}
