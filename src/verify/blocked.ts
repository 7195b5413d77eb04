import type { Runbook } from "../language/model/runbook.ts";
import type { MachineKind } from "./machine/image/images.ts";

/** Why runbooks can't be proved on a kind of host, with the way out; undefined where no reason is known. */
export function blockedBy(
  order: readonly Runbook[],
  { kind, sealed }: { kind: MachineKind; sealed: boolean },
): { message: string; hint: string } | undefined {
  if (kind === "here" && order.some(({ steps }) => steps.some(({ reboot }) => reboot))) {
    const message = "A step restarts the host, and the proof would end with it.";
    return { message, hint: "Prove it with --on qemu or --on lxc." };
  }
  const transient = order.slice(0, -1).find(({ verify }) => verify?.transient !== undefined);
  if (transient && kind !== "here") {
    const message = `It requires ${transient.id}, whose work a restart takes away, and a clean host begins with a start.`;
    return { message, hint: `Prove ${transient.id} by itself, or this one with --on here.` };
  }
  // A proxy in the machine's own settings would count as the internet.
  if (sealed && order.some(({ needs }) => needs.includes("internet"))) {
    return { message: "It needs the internet, and --offline leaves it none.", hint: "Prove it without --offline." };
  }
  return undefined;
}
