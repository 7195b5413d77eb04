import type { Fence, Step } from "../../language/model/runbook.ts";

/** A step that has only its own text: the shape of what runs as a step does and is none, or is no longer on its page. */
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
