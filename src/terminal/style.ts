/** How a piece of text is marked. Meaning never hangs on it: every state is a word, too. */
export type Mark = "bold" | "dim" | "red" | "green" | "yellow" | "blue";

/** Marks text, or leaves it as it is where there are no colours. */
export type Style = (mark: Mark, text: string) => string;

const CODES: Record<Mark, readonly [number, number]> = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  blue: [34, 39],
};

/** Marks text by escape sequences. */
export const coloured: Style = (mark, text) => {
  const [on, off] = CODES[mark];
  return text === "" ? "" : `\u001b[${on}m${text}\u001b[${off}m`;
};

/** Leaves text unmarked. */
export const unstyled: Style = (_mark, text) => text;

/** The style for a stream: colours on a terminal, unless `NO_COLOR` is set or it knows none. */
export function styleFor(terminal: boolean, env: Readonly<Record<string, string | undefined>>): Style {
  if (env["NO_COLOR"]) return unstyled;
  if (env["FORCE_COLOR"] && env["FORCE_COLOR"] !== "0") return coloured;
  return terminal && env["TERM"] !== "dumb" ? coloured : unstyled;
}
