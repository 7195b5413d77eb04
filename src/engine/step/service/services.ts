import type { EndedWork } from "../../events.ts";
import type { Service } from "./service.ts";

/** The services of a run: those of its steps that run beside the steps that follow. */
export class Services {
  readonly #running: Service[] = [];
  /** Those that ended by themselves, until all that they had started has ended too. */
  readonly #ending: Promise<void>[] = [];
  /** Those that were ended on purpose. */
  readonly ended: EndedWork[] = [];
  /** One of them failed while the run went on. */
  failed = false;

  /** A service is ready: from now on its end is the run's concern. */
  add(service: Service): void {
    this.#running.push(service);
    void service.over.then((result) => {
      if (service.isStopped || result.interrupted) return;
      this.#running.splice(this.#running.indexOf(service), 1);
      if (service.tellEnd(result)) this.failed = true;
      this.#ending.push(service.stop());
    });
  }

  /** Ends all that run, the last one first. */
  async stop(): Promise<void> {
    for (const service of this.#running.splice(0).reverse()) {
      await service.stop();
      this.ended.push(service.work);
    }
    await Promise.all(this.#ending);
  }

  /** Closes the lines of all services; each supervisor then ends its service. */
  drop(): void {
    for (const service of this.#running.splice(0)) service.drop();
  }
}
