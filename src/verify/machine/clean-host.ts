import type { Host } from "../../engine/target/host.ts";
import type { CommandOptions, CommandResult } from "./command.ts";
import type { FileView } from "./files/file-view.ts";
import type { LayerRecord } from "./store.ts";

/** A host that nothing has been done to yet, and that is taken away afterwards. */
export interface CleanHost {
  /** The platform, such as `lxc-debian-12-amd64`. */
  platform: string;
  /** How the engine's steps reach it. */
  host: Host;
  /** How a person enters it. */
  enter: string;
  /** Runs shell on it, whatever that ends with. */
  shell(text: string, options?: CommandOptions): Promise<CommandResult>;
  /** Restarts it in order, and waits until it is ready. With a record, what it then is becomes a layer. Absent where it can't restart. */
  restart?(layer?: LayerRecord): Promise<void>;
  /** Its files as they are now; the name may be used again. Absent where they are not compared. */
  files?(name: string): Promise<FileView>;
  /** Takes it back to the layer that it was made of, and starts it. Absent where it has none. */
  reset?(): Promise<void>;
  /** Leaves it as it is, also for the next verify, when a person is to look at it. */
  keep(): Promise<void>;
  /** Removes the host, with everything that was made for it. */
  remove(): Promise<void>;
}
