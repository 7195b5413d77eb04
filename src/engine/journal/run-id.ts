import { randomInt } from "node:crypto";

/** Letters and digits that readers do not confuse. */
const alphabet = "23456789abcdefghjkmnpqrstuvwxyz";

/** A name for a run that sorts by its time (UTC), is short, and can be typed: `20261124-2250-k3f9`. */
export function makeRunId(now: Date): string {
  const [day, time] = now.toISOString().slice(0, 16).replaceAll("-", "").replace(":", "").split("T");
  const suffix = Array.from({ length: 4 }, () => alphabet[randomInt(alphabet.length)]).join("");
  return `${day}-${time}-${suffix}`;
}
