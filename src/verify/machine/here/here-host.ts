import { readFileSync } from "node:fs";
import { localShell } from "../../../engine/shell/launch.ts";
import type { CleanHost } from "../clean-host.ts";
import { type CommandOptions, type CommandResult, tryCommand } from "../command.ts";

/**
 * This machine as it is, in place of a clean host. It does not restart, since the proof runs on it, and its files are not
 * compared: much else may write on it meanwhile.
 */
export class HereHost implements CleanHost {
  readonly platform: string;
  readonly enter = "you are on it";

  constructor(platform: string) {
    this.platform = platform;
  }

  get host(): CleanHost["host"] {
    return { name: "this-machine", local: false, shell: localShell(), close: async () => {} };
  }

  async shell(text: string, options: CommandOptions = {}): Promise<CommandResult> {
    const { file, args, env } = localShell();
    const variables = Object.entries(env).map(([name, value]) => `${name}=${value}`);
    return await tryCommand(["env", "-i", ...variables, file, ...args], {
      ...options,
      input: `{\n${text}\n} </dev/null\n`,
    });
  }

  async keep(): Promise<void> {}

  async remove(): Promise<void> {}
}

/** The system of this machine, as a platform's name has it: `debian-12`. */
export function systemHere(): string {
  const text = readFileSync("/etc/os-release", "utf8");
  const of = (name: string): string => new RegExp(`^${name}="?([^"\\n]*)`, "m").exec(text)?.[1] ?? "";
  return [of("ID") || "linux", of("VERSION_ID")].filter(Boolean).join("-");
}

/** Whether this machine is there to be thrown away: the job runners of all common CI systems say so by CI=true. */
export function isThrowAway(env: NodeJS.ProcessEnv): boolean {
  return env["CI"] === "true" || env["CI"] === "1";
}
