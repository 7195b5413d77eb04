/** The style of a character, as the last escape sequences set it. */
export interface Look {
  colour?: string;
  bold?: boolean;
  dim?: boolean;
}

/** Adjacent characters of the same style. */
export interface Stretch {
  text: string;
  look: Look;
}

interface Cell {
  character: string;
  look: Look;
}

const colours = ["black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"];

/** The final screen of a terminal after this output. It knows only the escape sequences that the runner writes. */
export function finalScreen(written: string): Stretch[][] {
  const rows: Cell[][] = [[]];
  let row = 0;
  let column = 0;
  let look: Look = {};
  for (const [piece] of written.matchAll(/\u001b\[[0-?]*[ -/]*[@-~]|\u001b[^[]|[^\u001b]/gu)) {
    if (piece === "\n") {
      row++;
      rows[row] ??= [];
    } else if (piece === "\r") column = 0;
    else if (piece.startsWith("\u001b")) {
      const [, number = "", verb] = /^\u001b\[([0-9;]*)([A-Za-z])$/.exec(piece) ?? [];
      if (verb === "A") row = Math.max(0, row - (Number(number) || 1));
      if (verb === "K") rows[row]?.splice(column);
      if (verb === "J") {
        rows[row]?.splice(column);
        rows.splice(row + 1);
      }
      if (verb === "m") look = number.split(";").reduce((now, code) => change(now, Number(code)), look);
    } else if (piece >= " ") {
      const cells = rows[row] ?? [];
      while (cells.length < column) cells.push({ character: " ", look: {} });
      cells[column] = { character: piece, look };
      column++;
    }
  }
  return rows.map(stretches);
}

function change(look: Look, code: number): Look {
  const { colour: _, ...plain } = look;
  if (code === 0) return {};
  if (code === 1) return { ...look, bold: true };
  if (code === 2) return { ...look, dim: true };
  if (code === 22) return look.colour ? { colour: look.colour } : {};
  if (code === 39) return plain;
  const colour = colours[code >= 90 ? code - 90 : code - 30];
  return colour ? { ...look, colour } : look;
}

function stretches(cells: Cell[]): Stretch[] {
  const found: Stretch[] = [];
  for (const { character, look } of cells) {
    const last = found.at(-1);
    if (last && last.look === look) last.text += character;
    else found.push({ text: character, look });
  }
  return found;
}
