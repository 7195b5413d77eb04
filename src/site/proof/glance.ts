import type { RunbookPage } from "./runbook-page.ts";

/** In one sentence, how many runbooks are proved. */
export function glance(pages: readonly RunbookPage[]): string {
  const count = (state: string): number => pages.filter(({ proof }) => proof.state === state).length;
  const [proved, partly, changed, failed] = ["proved", "partly", "changed", "failed"].map(count);
  if (!proved && !partly && !changed && !failed) return "No runbook here has that evidence yet.";
  const others = [
    ...(partly ? [`${partly} in part`] : []),
    ...(changed ? [`${changed} changed since`] : []),
    ...(failed ? [`${failed} failed when last tried`] : []),
  ];
  const rest = others.length > 0 ? `; ${others.join(", ")}` : "";
  return `Of ${pages.length} runbooks here, ${proved} ${proved === 1 ? "is" : "are"} proved as they stand now${rest}.`;
}
