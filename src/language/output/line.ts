import { substitute } from "../values/substitute.ts";
import { classEnds, OUTPUT_CLASSES } from "./matchers.ts";

/** What an expected line is made of. */
export type Part = { literal: string } | { class: string } | "any";

const MATCHER = new RegExp(`(…|<(?:${OUTPUT_CLASSES.join("|")})>)`);

/** An expected line: its parts, read before values are put in, so that a value is never a matcher. */
export function parseExpectedLine(line: string, values: ReadonlyMap<string, string>): Part[] {
  const parts: Part[] = [];
  for (const piece of line.split(MATCHER)) {
    if (piece === "…") parts.push("any");
    else if (MATCHER.test(piece)) parts.push({ class: piece.slice(1, -1) });
    else if (piece !== "") parts.push({ literal: substitute(piece, values) });
  }
  return parts;
}

/**
 * Whether a line is what the parts say. All places that the parts so far may end at are kept at once,
 * so that no line takes longer than its length times the number of parts.
 */
export function matchesLine(parts: readonly Part[], line: string): boolean {
  let places = new Set([0]);
  for (const [index, part] of parts.entries()) {
    const last = index === parts.length - 1;
    if (part === "any") {
      if (last) return places.size > 0;
      places = after(parts[index + 1], parts[index + 2], least(places), line);
    } else places = step(part, places, line);
    if (places.size === 0) return false;
  }
  return places.has(line.length);
}

function step(part: Exclude<Part, "any">, places: Set<number>, line: string): Set<number> {
  const next = new Set<number>();
  for (const place of places) {
    if ("class" in part) for (const end of classEnds(part.class, line, place)) next.add(end);
    else if (line.startsWith(part.literal, place)) next.add(place + part.literal.length);
  }
  return next;
}

/** Behind `…`, the places at which its next part may begin: of a literal only those that can matter. */
function after(next: Part | undefined, then: Part | undefined, from: number, line: string): Set<number> {
  const places = new Set<number>();
  if (next === undefined || next === "any") return places.add(from);
  if ("literal" in next) {
    const first = line.indexOf(next.literal, from);
    const last = line.length - next.literal.length;
    if (then === "any" && first !== -1) return places.add(first);
    if (then === undefined) return last >= from && line.endsWith(next.literal) ? places.add(last) : places;
    for (let at = line.indexOf(next.literal, from); at !== -1; at = line.indexOf(next.literal, at + 1)) places.add(at);
    return places;
  }
  for (let at = from; at <= line.length; at++) if (classEnds(next.class, line, at).length > 0) places.add(at);
  return places;
}

// A loop: so many places may be kept that they are no argument list.
function least(places: Set<number>): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (const place of places) smallest = Math.min(smallest, place);
  return smallest;
}
