import type { Box, Drawing } from "../data/drawing/drawing.ts";
import { boxPlace, framePlace, HEIGHT, type Rectangle, WIDTH } from "../data/drawing/grid.ts";
import { countLines, drawLetters } from "./lettering.ts";

/** The size that those who show such pictures ask for. */
export const pictureSize = { width: 1200, height: 630 };

const margin = 72;
const colours = {
  ground: "#12191d",
  ink: "#f1f6f8",
  faint: "#9db4bf",
  accent: "#3fb3cc",
  frame: "#93a8b3",
};
const fills: Record<NonNullable<Box["privilege"]> | "hardware", string> = {
  highest: "#0f4452",
  kernel: "#4a3a1e",
  user: "#1d272d",
  hardware: "#2a363d",
};

/** What a page's picture says. */
export interface PictureWords {
  title: string;
  /** The name of the site. */
  site: string;
  /** Below the title: what kind of page it is. */
  about: string;
  /** The drawing of the system that the page is about. */
  drawing?: Drawing;
}

/** A page's picture as SVG without text elements: it looks the same on a machine without fonts. */
export async function drawPicture({ title, site, about, drawing }: PictureWords): Promise<string> {
  const { width, height } = pictureSize;
  const room = drawing ? 640 : width - 2 * margin;
  const line = { width: width - 2 * margin, height: 40, size: 30 };
  const letters = await drawLetters(
    [
      { ...line, text: site, left: margin + 66, top: 57, colour: colours.faint },
      {
        text: title,
        left: margin,
        top: 0,
        width: room,
        height,
        size: await titleSize(title, room),
        colour: colours.ink,
      },
      { ...line, text: about, left: margin, top: height - 93, colour: colours.accent },
    ],
    pictureSize,
  );
  const parts = [
    `<rect width="${width}" height="${height}" fill="${colours.ground}"/>`,
    `<rect width="${width}" height="10" fill="${colours.accent}"/>`,
    `<g transform="translate(${margin - 8} 50) scale(1.75)" fill="none" stroke="${colours.accent}" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"><path d="M4 5h24v22H4zM10 12l4 4-4 4M18 20h5"/></g>`,
    letters,
    drawing ? small(drawing) : "",
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${parts.join("")}</svg>`;
}

/** Sizes of a title, each with the lines that there is room for. */
const titleSizes = [
  [72, 3],
  [60, 4],
  [50, 5],
  [42, 6],
] as const;

/** The largest size in which a title has room. */
async function titleSize(title: string, room: number): Promise<number> {
  for (const [size, most] of titleSizes) if ((await countLines(title, size, room)) <= most) return size;
  return 36;
}

/** The system's drawing on the grid that all share, without its words. */
function small({ boxes, frames }: Drawing): string {
  const scale = 1.1;
  const x = pictureSize.width - margin - WIDTH * scale;
  const y = 330 - (HEIGHT * scale) / 2;
  const rectangle = (place: Rectangle, look: string) =>
    `<rect x="${place.x}" y="${place.y}" width="${place.width}" height="${place.height}" rx="4" ${look}/>`;
  const around = frames.map((frame) => {
    const dash = frame.kind === "machine" ? "" : ` stroke-dasharray="${frame.kind === "container" ? "6 4" : "2 4"}"`;
    return rectangle(framePlace(frame), `fill="none" stroke="${colours.frame}" stroke-width="1.5"${dash}`);
  });
  const inside = boxes.map((box) => {
    const stroke = box.privilege === "highest" ? colours.accent : "#5d707b";
    return rectangle(
      boxPlace(box),
      `fill="${fills[box.privilege ?? "hardware"]}" stroke="${stroke}" stroke-width="1.5"`,
    );
  });
  return `<g transform="translate(${x} ${y}) scale(${scale})">${[...around, ...inside].join("")}</g>`;
}
