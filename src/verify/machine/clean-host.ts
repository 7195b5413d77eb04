import type { Host } from "../../engine/target/host.ts";
import type { CommandOptions, CommandResult } from "./command.ts";

/** A host that nothing has been done to yet, and that is taken away afterwards. */
export interface CleanHost {
  /** Such as `lxc-debian-12-amd64`. */
  platform: string;
  /** How the engine's steps reach it. */
  host: Host;
  /** Where its files can be read from outside; absent where they can't. */
  root?: string;
  /** How a person enters it. */
  enter: string;
  /** Runs shell on it, whatever that ends with. */
  shell(text: string, options?: CommandOptions): Promise<CommandResult>;
  /** Shuts it down in order. */
  stop(): Promise<void>;
  /** Starts it, and waits until it is ready. */
  start(): Promise<void>;
  /** Keeps its files as they are now; the name may be used again. */
  snapshot(name: string): Promise<string>;
  /** Takes it back to what a snapshot kept, and starts it. */
  rollBack(name: string): Promise<void>;
  /** Takes it away, with all that was made for it. */
  remove(): Promise<void>;
}
