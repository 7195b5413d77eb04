import type { Runbook, Target } from "../model/runbook.ts";

/** Systems and programs whose shell is no bash. */
const WITHOUT_BASH = /\b(?:alpine|busybox|openwrt)\b/i;
/** The same as an image's name; a package or a file has it as a part of a longer name. */
const IMAGE_WITHOUT_BASH = /(?<![-\w/.])(?:alpine|busybox|openwrt)(?![-\w])/i;

/** Becomes bash where the target has one, as the runner does, and else its `sh`. */
const EITHER = `sh -c 'exec "$(command -v bash || command -v sh)"'`;

/**
 * The shell that stands behind a target's command where people enter the target. It is bash, except where the page names a
 * system without bash: in the target's command, in a parameter, or in a step on the host, which may make the target.
 */
export function targetShell({ command }: Target, { params, steps }: Runbook): string {
  const defaults = params.map(({ default: value = "" }) => (typeof value === "string" ? value : value.command));
  const made = steps.filter(({ on }) => on === "host").map(({ fence }) => fence.text);
  const lacks = WITHOUT_BASH.test(command) || [...defaults, ...made].some((text) => IMAGE_WITHOUT_BASH.test(text));
  return lacks ? EITHER : "bash";
}
