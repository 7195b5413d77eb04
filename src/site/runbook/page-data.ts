import { endsWell, type Parameter, type Runbook } from "../../language/model/runbook.ts";
import type { Block } from "./block.ts";
import { blocksOf, initialValues, titleOf } from "./blocks.ts";
import type { ScriptStep } from "./script.ts";

/** A parameter without what only people and hosts read; a computed default is null. */
type PageParameter = Omit<Parameter, "span" | "description" | "default"> & { default?: string | null };

/** What the browser needs to know of a runbook. */
export interface PageData {
  id: string;
  head: string[];
  params: PageParameter[];
  initial: [name: string, value: string][];
  steps: ScriptStep[];
  blocks: [key: string, block: Block][];
}

/** A runbook as data for the browser: what it needs to put other values in place. */
export function pageData(runbook: Runbook): PageData {
  const { id, title, requires, params, steps } = runbook;
  const first = requires.length > 0 ? [`It starts from what ${requires.map((one) => one.id).join(", ")} left.`] : [];
  return {
    id,
    head: [`${title} (${id})`, ...first],
    params: params.map(({ span, description, default: value, ...rest }) => ({
      ...rest,
      ...(value !== undefined && { default: typeof value === "string" ? value : null }),
    })),
    initial: [...initialValues(params)],
    steps: steps.map((step) => ({
      id: step.id,
      title: titleOf(step),
      on: step.on,
      ...(!endsWell(step) && { exits: step.exits }),
    })),
    blocks: [...blocksOf(runbook)],
  };
}
