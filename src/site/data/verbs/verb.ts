import type { CommandPlace } from "../../runbook/commands.ts";
import type { SystemId } from "../drawing/drawing.ts";

/** An everyday verb: its heading, and what is meant by it everywhere. */
export interface Verb {
  title: string;
  says: string;
}

/** The verbs, in the order in which a guest meets them. */
export const verbs = {
  create: {
    title: "Create",
    says: "A guest `web1` with 2 GiB of memory and two processors, not yet running where that can be.",
  },
  start: { title: "Start", says: "`web1`, in the background." },
  stop: { title: "Stop", says: "`web1`: first the way that lets it shut down." },
  list: { title: "List", says: "All guests, also those that do not run." },
  enter: { title: "Enter", says: "A shell, or else a console, in the running `web1`." },
  run: { title: "Run a command", says: "One command in the running `web1`, without a terminal." },
  copy: { title: "Copy a file in", says: "`index.html` from the host into `web1`." },
  limit: { title: "Limit memory and CPU", says: "`web1` to 2 GiB and the time of two processors." },
  disk: { title: "Attach a disk", says: "10 GiB more, called `data`." },
  network: { title: "Network", says: "One more interface for `web1`; and its port 80 published as 8080 of the host." },
  snapshot: { title: "Snapshot", says: "The state of `web1` as `before`, and back to it." },
  clone: { title: "Clone", says: "`web1` as a second guest `web2`." },
  move: { title: "Move", says: "`web1` to another host, `host2`." },
  delete: { title: "Delete", says: "`web1` and its disk." },
  logs: { title: "See logs", says: "What `web1` printed, or what the system says of it." },
} as const satisfies Record<string, Verb>;

/** A verb's name, which is its anchor too. */
export type VerbId = keyof typeof verbs;

/** How a system does a verb. In texts, backticks mark code, and `[words](address)` a link. */
export interface Answer {
  /**
   * Where its commands stand, in their order: steps of runbooks, or sections whose commands are never run. A command stands in one place, on its page.
   * Of a system that lacks the verb they are what one does instead.
   */
  from: readonly CommandPlace[];
  /** Why there is no such verb. */
  missing?: string;
  /** What to know before or after. */
  note?: string;
  /** Where that is documented; absent only where the set of commands says why. */
  source?: string;
}

/** A set of commands: a system's own, or those of one of its products. */
export interface Toolset {
  name: string;
  /** The system whose page is about it. */
  system: SystemId;
  /** The programs, and what is taken for granted. */
  by: string;
  /** Why some answers have no source, or one that was not read. */
  unsourced?: string;
  answers: Record<VerbId, Answer>;
}

/** A verb whose commands stand in these places. */
export function drawn(from: CommandPlace | readonly CommandPlace[], source: string, note?: string): Answer {
  return { from: [from].flat(), source, ...(note !== undefined && { note }) };
}

/** A verb that there is not, and why; the commands in these places are what one does instead. */
export function instead(
  from: CommandPlace | readonly CommandPlace[],
  source: string | undefined,
  missing: string,
): Answer {
  return { missing, from: [from].flat(), ...(source !== undefined && { source }) };
}
