import type { Box, Frame, Privilege } from "./drawing.ts";

type Place = [from: number, to: number];

/** The hardware, all of it or a part. */
export function hardware(label: string, [from, to]: Place = [0, 12]): Box {
  return { row: "hardware", from, to, label };
}

/** What holds the highest privilege of the machine. */
export function ruler(label: string, notes: string[], owns: string, [from, to]: Place = [0, 12]): Box {
  return { row: "hypervisor or kernel", from, to, label, notes, owns, privilege: "highest" };
}

/** What stands below a guest's applications: a kernel of its own, or what a shared kernel needs beside it. */
export function below([from, to]: Place, privilege: Privilege, label: string, notes?: string[], owns?: string): Box {
  return { row: "guests", from, to, label, privilege, ...(notes && { notes }), ...(owns && { owns }) };
}

/** What is done there. */
export function above([from, to]: Place, label: string, notes?: string[]): Box {
  return { row: "applications", from, to, label, privilege: "user", ...(notes && { notes }) };
}

/** What sets a guest apart. */
export function frame([from, to]: Place, kind: Frame["kind"], label: string): Frame {
  return { from, to, kind, label };
}
