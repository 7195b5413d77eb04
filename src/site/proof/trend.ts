import { duration } from "../../words/duration.ts";
import type { PastProof } from "./past-proofs.ts";

/** A small plot: a line through durations, and a point for each proof. */
export interface Trend {
  width: number;
  height: number;
  /** For a polyline. */
  line: string;
  points: { x: number; y: number; failed: boolean }[];
  /** What it shows, for who does not see it. */
  words: string;
}

const [width, height, margin] = [96, 24, 3];
/** More than this are no longer told apart. */
const most = 30;

/** The plot of past proofs by their order; undefined where there are not two, which say nothing of a trend. */
export function trendOf(proofs: readonly PastProof[]): Trend | undefined {
  const shown = proofs.slice(-most);
  const [first, ...others] = shown;
  const last = others.at(-1);
  if (!first || !last) return undefined;
  // From zero: a second more or less looks like what it is.
  const longest = Math.max(...shown.map(({ durationMs }) => durationMs), 1);
  const points = shown.map(({ durationMs, failed }, index) => ({
    x: round(margin + (index * (width - 2 * margin)) / (shown.length - 1)),
    y: round(height - margin - (durationMs * (height - 2 * margin)) / longest),
    failed,
  }));
  const failures = shown.filter(({ failed }) => failed).length;
  const words = [
    `${shown.length} proofs since ${first.date.slice(0, 10)}: ${duration(first.durationMs)} at first, ${duration(last.durationMs)} at last`,
    ...(failures > 0 ? [`${failures} with a failure after it`] : []),
  ].join("; ");
  return { width, height, line: points.map(({ x, y }) => `${x},${y}`).join(" "), points, words };
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}
