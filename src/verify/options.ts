import type { FailContext } from "../engine/run/options.ts";
import type { Host } from "../engine/target/host.ts";
import type { Runbook } from "../language/model/runbook.ts";
import type { CleanHost } from "./machine/clean-host.ts";
import type { Image } from "./machine/image/images.ts";
import type { Store } from "./machine/store.ts";
import type { ProofListener } from "./proof-log.ts";
import type { ProofFailure } from "./stage/findings/verdict.ts";

/** Opens shells for a person where a proof fails, before its host is taken away. */
export interface ProofShell {
  /** At a step that failed, with its target's state. */
  atStep: (context: FailContext, host: Host) => Promise<void>;
  /** On the host, where what failed is no step's own commands. */
  onHost: (enter: string, failure: ProofFailure) => Promise<void>;
}

/** How runbooks are proved. */
export interface VerifyOptions {
  runbooks: ReadonlyMap<string, Runbook>;
  contentDir: string;
  image: Image;
  /** Clean hosts reach nothing outside. */
  sealed: boolean;
  store: Store;
  /** The commit whose pages are proved. */
  commit: string;
  /** Prove again what was proved on this machine before and has not changed. */
  fresh: boolean;
  /** Makes runbooks one script, as `export --to sh` does. */
  exportScript: (order: readonly Runbook[], values: ReadonlyMap<string, string>) => string;
  /** Say of a proof that failed which packages changed since the last one that held, and look for the cause. */
  why?: boolean;
  /** Changes a clean host before it is proved on; false where that can't be done, and then nothing is proved. */
  prepare?: (host: CleanHost) => Promise<boolean>;
  /** Leave the host of a proof that failed. */
  keep: boolean;
  /** Opens shells for a person where a proof fails. */
  shell?: ProofShell;
  signal: AbortSignal;
  /** Listens to the events of the proofs and of their runs. */
  listen: ProofListener;
}
