/** What moves a terminal's cursor within a line, or erases some of it. */
const MOVES = /\r|[\b]|\u001b\[[0-9;]*[A-Za-z]/g;

/**
 * A line as a terminal ends up with it: what follows a carriage return is written over what stood there, so that of a
 * progress bar only the last state is left. A line without carriage returns or backspaces is itself.
 */
export function lineAsShown(line: string): string {
  if (!/[\r\b]/.test(line)) return line;
  // By character, so that a megabyte of small writes costs no more than its length.
  const shown: string[] = [];
  let column = 0;
  let done = 0;
  const write = (text: string): void => {
    for (const character of text) {
      while (shown.length < column) shown.push(" ");
      shown[column++] = character;
    }
  };
  for (const { 0: move, index } of line.matchAll(MOVES)) {
    write(line.slice(done, index));
    done = index + move.length;
    if (move === "\r") column = 0;
    else if (move === "\b") column = Math.max(0, column - 1);
    else if (/^\u001b\[0?K$/.test(move)) shown.length = Math.min(shown.length, column);
    else if (/^\u001b\[2K$/.test(move)) shown.length = 0;
  }
  write(line.slice(done));
  return shown.join("");
}
