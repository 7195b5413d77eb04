import type { Fence, Step } from "../../language/model/runbook.ts";

/** A step with nothing but its own text: for commands that run as a step does and are no step of a page, or no longer. */
export function bareStep(id: string, on: string, fence: Fence): Step {
  return {
    id,
    on,
    fence,
    when: [],
    guard: [],
    proof: [],
    undo: [],
    retry: 1,
    sets: [],
    exits: [0],
    background: false,
    reboot: false,
  };
}
