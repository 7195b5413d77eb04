import type { Plan, PlanStep } from "../plan/plan.ts";
import { Masker } from "../secrets/mask.ts";
import { Services } from "../step/service/services.ts";
import { type LiveRun, noLog, StepInHand } from "../step/step-in-hand.ts";
import { Targets } from "../target/targets.ts";
import { pageNumbers } from "./begin/open.ts";
import { valuesOf } from "./begin/values.ts";
import type { InspectOptions } from "./options.ts";

/** Asks guards and computed defaults alone: no journal, no lock, no listener. */
export class Inspection {
  readonly live: LiveRun;

  constructor(plan: Plan, { host, interrupt }: InspectOptions) {
    const values = valuesOf(plan);
    const secrets = [...plan.values.values()].flatMap(({ parameter, text }) =>
      parameter.secret && text ? [text] : [],
    );
    const id = `inspect-${process.pid}`;
    const targets = new Targets({
      run: id,
      host,
      values: () => values,
      marks: () => [],
      signal: interrupt.first,
      stateOf: () => undefined,
      entered: () => {},
    });
    const masker = new Masker(secrets);
    const services = new Services();
    this.live = { id, host, targets, services, values, masker, interrupt, log: noLog, pages: pageNumbers(plan) };
  }

  /** A step, as its checks need it. */
  hand(step: PlanStep): StepInHand {
    return new StepInHand(this.live, step);
  }

  async close(): Promise<void> {
    await this.live.targets.quit();
  }
}
