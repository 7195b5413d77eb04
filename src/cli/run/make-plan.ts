import { makePlan, type Selection } from "../../engine/plan/make-plan.ts";
import type { Plan } from "../../engine/plan/plan.ts";
import type { Library } from "../../library/library.ts";
import { styleFor } from "../../terminal/style.ts";
import { askValue } from "../ask/ask-value.ts";
import { type Context, canAsk, flagValue } from "../context.ts";

/** What a plan is made of, besides what the command line says everywhere. */
export interface PlanWish {
  library: Library;
  id: string;
  given: ReadonlyMap<string, string>;
  selection?: Selection;
  /** Another machine; by default what `--host` says. */
  destination?: string | undefined;
}

/** Makes a plan; what is missing is asked for where somebody can answer. */
export async function planFor(context: Context, wish: PlanWish): Promise<Plan> {
  const { io } = context;
  const destination = wish.destination ?? flagValue(context, "host");
  const style = styleFor(Boolean(io.stderr.isTTY), io.env);
  return await makePlan({
    library: wish.library,
    id: wish.id,
    given: wish.given,
    env: io.env,
    selection: wish.selection ?? { only: [], skip: [] },
    far: destination !== undefined,
    ...(canAsk(io) && { ask: (parameter) => askValue(parameter, { input: io.stdin, write: io.raw.err }, style) }),
  });
}

/** What `--from`, `--until`, `--only` and `--skip` say. */
export function selectionOf(context: Context): Selection {
  const from = flagValue(context, "from");
  const until = flagValue(context, "until");
  return {
    ...(from !== undefined && { from }),
    ...(until !== undefined && { until }),
    only: [...(context.flags.get("only") ?? [])],
    skip: [...(context.flags.get("skip") ?? [])],
  };
}
