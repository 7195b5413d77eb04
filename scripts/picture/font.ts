/** A character of a font: how far the next one stands, and its outline as an SVG path, both in `unit`s of the em. */
export interface Glyph {
  advance: number;
  path: string;
}

interface Point {
  x: number;
  y: number;
  on: boolean;
}

/** The em in the units of what `readGlyphs` returns. */
export const unit = 1000;

/** Reads outlines from a TrueType font: tables cmap (format 4), hmtx, loca and glyf, which is all that DejaVu has. */
export function readGlyphs(font: Buffer, characters: string): Record<string, Glyph> {
  const tables = new Map<string, number>();
  for (let entry = 0; entry < font.readUInt16BE(4); entry += 1) {
    const at = 12 + entry * 16;
    tables.set(font.toString("latin1", at, at + 4), font.readUInt32BE(at + 8));
  }
  const table = (name: string) => tables.get(name) ?? 0;
  const perEm = font.readUInt16BE(table("head") + 18);
  const longOffsets = font.readInt16BE(table("head") + 50) === 1;
  const metrics = font.readUInt16BE(table("hhea") + 34);
  const round = (value: number) => Math.round((value * unit) / perEm);

  const offsetOf = (glyph: number) =>
    longOffsets ? font.readUInt32BE(table("loca") + glyph * 4) : font.readUInt16BE(table("loca") + glyph * 2) * 2;

  const contoursOf = (glyph: number): Point[][] => {
    if (offsetOf(glyph) === offsetOf(glyph + 1)) return [];
    const at = table("glyf") + offsetOf(glyph);
    const count = font.readInt16BE(at);
    return count < 0 ? parts(font, at + 10, contoursOf) : simple(font, at + 10, count);
  };

  const glyphOf = (character: string): Glyph => {
    const glyph = indexOf(font, table("cmap"), character.codePointAt(0) ?? 0);
    const advance = font.readUInt16BE(table("hmtx") + Math.min(glyph, metrics - 1) * 4);
    const path = contoursOf(glyph).map((points) =>
      pathOf(points.map((p) => ({ ...p, x: round(p.x), y: -round(p.y) }))),
    );
    return { advance: round(advance), path: path.join("") };
  };
  return Object.fromEntries([...characters].map((character) => [character, glyphOf(character)]));
}

function indexOf(font: Buffer, cmap: number, code: number): number {
  for (let entry = 0; entry < font.readUInt16BE(cmap + 2); entry += 1) {
    const at = cmap + font.readUInt32BE(cmap + 4 + entry * 8 + 4);
    if (font.readUInt16BE(at) !== 4) continue;
    const twice = font.readUInt16BE(at + 6);
    for (let segment = 0; segment < twice; segment += 2) {
      const [end, start] = [font.readUInt16BE(at + 14 + segment), font.readUInt16BE(at + 16 + twice + segment)];
      if (code < start || code > end) continue;
      const delta = font.readUInt16BE(at + 16 + twice * 2 + segment);
      const place = at + 16 + twice * 3 + segment;
      const range = font.readUInt16BE(place);
      return range === 0 ? (code + delta) & 0xffff : font.readUInt16BE(place + range + (code - start) * 2);
    }
  }
  throw new Error(`the font has no U+${code.toString(16)}`);
}

function simple(font: Buffer, start: number, count: number): Point[][] {
  const ends = Array.from({ length: count }, (_, index) => font.readUInt16BE(start + index * 2));
  const total = (ends.at(-1) ?? -1) + 1;
  let at = start + count * 2;
  at += 2 + font.readUInt16BE(at);
  const flags: number[] = [];
  while (flags.length < total) {
    const flag = font[at++] ?? 0;
    const times = flag & 8 ? (font[at++] ?? 0) + 1 : 1;
    for (let time = 0; time < times; time += 1) flags.push(flag);
  }
  const read = (short: number, same: number) => {
    let value = 0;
    return flags.map((flag) => {
      if (flag & short) value += (flag & same ? 1 : -1) * (font[at++] ?? 0);
      else if (!(flag & same)) {
        value += font.readInt16BE(at);
        at += 2;
      }
      return value;
    });
  };
  const xs = read(2, 16);
  const ys = read(4, 32);
  const points = flags.map((flag, index) => ({ x: xs[index] ?? 0, y: ys[index] ?? 0, on: (flag & 1) === 1 }));
  return ends.map((end, index) => points.slice(index === 0 ? 0 : (ends[index - 1] ?? 0) + 1, end + 1));
}

/** A letter with its accent: other glyphs, each moved. */
function parts(font: Buffer, start: number, contoursOf: (glyph: number) => Point[][]): Point[][] {
  const all: Point[][] = [];
  let at = start;
  for (let more = true; more; ) {
    const flags = font.readUInt16BE(at);
    const words = (flags & 1) === 1;
    const [dx, dy] = words
      ? [font.readInt16BE(at + 4), font.readInt16BE(at + 6)]
      : [font.readInt8(at + 4), font.readInt8(at + 5)];
    if (flags & 0b1100_1000) throw new Error("a scaled part");
    const moved = contoursOf(font.readUInt16BE(at + 2)).map((points) =>
      points.map((point) => ({ ...point, x: point.x + dx, y: point.y + dy })),
    );
    all.push(...moved);
    at += words ? 8 : 6;
    more = (flags & 0x20) !== 0;
  }
  return all;
}

/** Quadratic curves; between two control points stands a point that the font leaves out. */
function pathOf(points: Point[]): string {
  const whole = points.flatMap((point, index) => {
    const next = points[(index + 1) % points.length] ?? point;
    const middle = { x: Math.round((point.x + next.x) / 2), y: Math.round((point.y + next.y) / 2), on: true };
    return point.on || next.on ? [point] : [point, middle];
  });
  const first = whole.findIndex(({ on }) => on);
  const turned = [...whole.slice(first), ...whole.slice(0, first)];
  const [begin] = turned;
  let path = begin ? `M${begin.x} ${begin.y}` : "";
  for (let index = 1; index < turned.length; index += 1) {
    const point = turned[index] as Point;
    if (point.on) path += `L${point.x} ${point.y}`;
    else {
      index += 1;
      const end = (turned[index] ?? begin) as Point;
      path += `Q${point.x} ${point.y} ${end.x} ${end.y}`;
    }
  }
  return `${path}Z`;
}
