import type { Place } from "../../../language/model/place.ts";
import type { Fence } from "../../../language/model/runbook.ts";
import { placeInFence } from "../../../language/read/fence/fence.ts";
import type { PlanStep } from "../../plan/plan.ts";
import type { ShellPlace } from "../../shell/protocol/place.ts";
import type { TextResult } from "../../shell/protocol/reply.ts";

/** The page's place of the command that failed: its line as the shell told it, its column by the syntax tree. */
export async function placeOfFailure(
  { fence, step }: { fence: Fence; step: PlanStep },
  page: number,
  { place, inside = [], status }: TextResult,
): Promise<Place | undefined> {
  if (!place || status === 0 || place.page !== page) return undefined;
  // A function may stand in another fence of the page.
  const fences = [fence, ...step.runbook.steps.map((other) => other.fence)];
  const deeper = inside.find((inner) => inner.page === page && inner.depth > place.depth);
  if (deeper) return await commandAt(fences, deeper);
  const command = await commandAt(fences, place);
  // A subshell tells its lines well, a command substitution not: its lines come behind the command's end.
  for (const inner of inside) {
    if (inner.page !== page || inner.line >= place.line || !same(command, await commandAt(fences, inner))) continue;
    const at = lineOf(fences, inner.line);
    if (at) return placeInFence(at.fence, at.line, Math.max(0, at.text.search(/\S/)) + 1);
  }
  return command;
}

function same(one: Place, other: Place): boolean {
  return one.line === other.line && one.column === other.column;
}

/** The fence that a page's line is in, and the line's number and text there. */
function lineOf(fences: Fence[], pageLine: number): { fence: Fence; line: number; text: string } | undefined {
  for (const fence of fences) {
    const index = fence.lines.findIndex((start) => start.line === pageLine);
    if (index >= 0) return { fence, line: index + 1, text: fence.text.split("\n")[index] ?? "" };
  }
  return undefined;
}

async function commandAt(fences: Fence[], { line }: ShellPlace): Promise<Place> {
  const at = lineOf(fences, line);
  if (!at) return { line, column: 1 };
  const command = await mapCommand(at.fence.text, at.line);
  return placeInFence(at.fence, command?.line ?? at.line, command?.column ?? 1);
}

/** The syntax tree is only needed here, and must not hide a failure where it can't be had. */
async function mapCommand(text: string, line: number): Promise<Place | undefined> {
  try {
    const { mapShellCommand } = await import("../../../language/shell/map-command.ts");
    return mapShellCommand(text, line);
  } catch {
    return undefined;
  }
}
