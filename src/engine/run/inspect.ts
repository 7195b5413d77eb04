import type { Journal } from "../journal/journal.ts";
import type { Plan } from "../plan/plan.ts";
import { Masker } from "../secrets/mask.ts";
import { Targets } from "../target/targets.ts";
import type { RunOptions } from "./options.ts";
import type { Session } from "./session.ts";

/** A session that only looks: no journal, no lock, no listener. */
export interface Look extends Session {
  close(): Promise<void>;
}

/** Opens a session for guards and computed defaults alone. */
export async function openLook(plan: Plan, options: Pick<RunOptions, "host" | "interrupt">): Promise<Look> {
  const values = new Map<string, string>();
  for (const value of plan.values.values()) if (value.text !== undefined) values.set(value.name, value.text);
  const secrets = [...plan.values.values()].flatMap((value) =>
    value.parameter.secret && value.text ? [value.text] : [],
  );
  const { host } = options;
  const id = `look-${process.pid}`;
  const targets = new Targets({
    run: id,
    host,
    values: () => values,
    marks: () => [],
    signal: options.interrupt.first,
    stateOf: () => undefined,
    entered: () => {},
  });
  return {
    id,
    plan,
    journal: { appendOutput() {} } as unknown as Journal,
    host,
    targets,
    masker: new Masker(secrets),
    values,
    pages: new Map(plan.runbooks.map((runbook, index) => [runbook.file, index])),
    ask: async () => false,
    yes: false,
    each: false,
    interrupt: options.interrupt,
    emit: () => {},
    done: new Set(),
    doubtful: new Set(),
    counts: { passed: 0, skipped: 0, failed: 0, blocked: 0, cancelled: 0 },
    async close() {
      await targets.quit();
    },
  };
}
