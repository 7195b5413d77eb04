import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { RunEvent, ServiceEnded } from "../../../../src/engine/events.ts";
import { makePlace, type PageRun, type Place, pageOf } from "../../support/run-page.ts";

export type Steps = [info: string, text: string][];

/** A service that notes its process and ends as `stop` says. */
export const loop = `echo "here is \${word-}"
sh -c 'echo $$ >"$0/pid.new"; mv "$0/pid.new" "$0/pid"; while sleep 0.05; do if [ -e "$0/stop" ]; then exit "$(cat "$0/stop")"; fi; done' "$WORK"`;

export const serve = (info = "", text = loop): Steps => [
  [`sh step="serve" background="true"${info}`, text],
  ['sh proof="serve" within="20s"', 'grep -q "State:.[RSD]" "/proc/$(cat "$WORK/pid")/status"'],
];

export function placeOf(steps: Steps, targets: (work: string) => string = () => ""): Place {
  const { work } = makePlace({});
  const head = `  params:\n    WORK: { default: "${work}" }\n${targets(work)}`;
  return { ...makePlace({ "page.md": pageOf(steps, head) }), work };
}

export const pidOf = ({ work }: Place): string => readFileSync(join(work, "pid"), "utf8").trim();
export const outcomes = ({ steps }: PageRun): string[] =>
  [...steps.values()].map(({ step, outcome }) => `${step} ${outcome}`);
export const last = ({ events }: PageRun) => events.at(-1) as Extract<RunEvent, { type: "run-finished" }>;
export const endOf = ({ events }: PageRun) =>
  events.find((event): event is ServiceEnded => event.type === "service-ended");
