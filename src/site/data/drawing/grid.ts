import { type Box, type Drawing, type Frame, ROWS } from "./drawing.ts";

/** The grid's sizes, in the drawing's own units: on a telephone one is a little less than a pixel. */
export const WIDTH = 360;
/** The whole height. */
export const HEIGHT = 282;

const rowTops = { applications: 18, guests: 86, "hypervisor or kernel": 162, hardware: 236 };
const rowHeights = { applications: 62, guests: 62, "hypervisor or kernel": 60, hardware: 30 };
const margin = 3;
// What the rows' names take at the left.
const LEFT = 16;
const TWELFTH = (WIDTH - LEFT) / 12;

/** A rectangle of the drawing. */
export interface Rectangle {
  x: number;
  y: number;
  width: number;
  height: number;
}

/** Where a box stands. */
export function boxPlace({ row, from, to }: Box): Rectangle {
  return {
    x: LEFT + from * TWELFTH + margin * 2,
    y: rowTops[row],
    width: (to - from) * TWELFTH - margin * 4,
    height: rowHeights[row],
  };
}

/** Where a frame stands: around the two upper rows. */
export function framePlace({ from, to }: Frame): Rectangle {
  return { x: LEFT + from * TWELFTH + margin / 2, y: 1, width: (to - from) * TWELFTH - margin, height: 153 };
}

/** The rows' names, each with the middle of its row. */
export const rowNames = ROWS.map((row) => ({
  name: row === "hypervisor or kernel" ? "kernel" : row === "hardware" ? "" : row,
  middle: rowTops[row] + rowHeights[row] / 2,
}));

/** The lines of a box's text: label, notes, what it owns. */
export function boxLines({ label, notes = [], owns }: Box): { text: string; kind: "label" | "note" | "owns" }[] {
  return [
    { text: label, kind: "label" as const },
    ...notes.map((text) => ({ text, kind: "note" as const })),
    ...(owns ? [{ text: `owns ${owns}`, kind: "owns" as const }] : []),
  ];
}

/** The drawing in words, from the hardware up. */
export function inWords({ boxes, frames }: Drawing): string {
  const rows = ROWS.toReversed().map((row) => {
    const said = boxes.filter((box) => box.row === row).map((box) => describe(box, frames));
    return `${row}: ${said.join("; ")}`;
  });
  return `From below. ${rows.join(". ")}.`;
}

function describe(box: Box, frames: readonly Frame[]): string {
  const inside = frames.find(({ from, to }) => box.from >= from && box.to <= to);
  const framed = inside && (box.row === "applications" || box.row === "guests");
  const privilege = box.privilege === "highest" ? ", with the highest privilege" : "";
  const lines = boxLines(box).map(({ text }) => text);
  return `${framed ? `in ${inside.label}: ` : ""}${lines.join(", ")}${privilege}`;
}
