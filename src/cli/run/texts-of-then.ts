import type { UndoPlan } from "../../engine/plan/undo/undo-plan.ts";

/**
 * The pages' texts whose lines are still those that an undo's steps had: around a failure, lines of a page that was
 * edited since would mislead.
 */
export function textsOfThen(texts: ReadonlyMap<string, string>, { steps }: UndoPlan): Map<string, string> {
  const changed = new Set<string>();
  for (const { step } of steps) {
    const { file } = step.runbook;
    const lines = texts.get(file)?.split(/\r\n|\n/) ?? [];
    for (const { text, lines: places } of step.step.undo) {
      const line = lines[(places[0]?.line ?? 0) - 1] ?? "";
      if (!line.includes(text.split("\n")[0] ?? "")) changed.add(file);
    }
  }
  return new Map([...texts].map(([file, text]) => [file, changed.has(file) ? "" : text]));
}
