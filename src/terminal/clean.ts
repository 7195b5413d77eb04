// A step's output is other people's text. On a terminal it could move the cursor, change the window's title,
// hide lines or answer questions, so none of its control characters may get there.

const ESCAPE_SEQUENCES = new RegExp(
  [
    // Strings that run to a terminator: OSC, DCS, SOS, PM, APC. One that is cut off ends with its line.
    "(?:\\u001b[\\]PX^_]|[\\u009d\\u0090\\u0098\\u009e\\u009f])[^\\u0007\\u001b\\u009c\\n]*(?:\\u0007|\\u001b\\\\|\\u009c)?",
    // CSI: parameters, intermediates, one final character.
    "(?:\\u001b\\[|\\u009b)[0-?]*[ -/]*[@-~]?",
    // Everything else that starts with ESC.
    "\\u001b[ -/]*[0-~]?",
  ].join("|"),
  "g",
);

// What is left of C0, DEL and C1 but tab and line feed; marks that turn the direction of writing or hide text.
const CONTROLS =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]/g;

const NEEDS_CLEANING = new RegExp(CONTROLS.source);

/** The text without escape sequences and control characters; tabs and line feeds stay. */
export function clean(text: string): string {
  if (!NEEDS_CLEANING.test(text)) return text;
  return text.replace(ESCAPE_SEQUENCES, "").replaceAll("\r\n", "\n").replace(CONTROLS, "");
}

/** The sequences that this project itself marks text with: `style.ts` and diagnostics. */
const OWN_MARKS = /(\u001b\[(?:0|1|2|22|3[1-6]|39)m)/;

/**
 * What may go to a terminal or a pipe: the text as `clean` leaves it, and where there are colours, those of ours.
 * Every command prints through this, so that no page, path or journal has to be cleaned where it is shown.
 */
export function printable(text: string, coloured: boolean): string {
  if (!NEEDS_CLEANING.test(text)) return text;
  if (!coloured) return clean(text);
  return text
    .split(OWN_MARKS)
    .map((part, index) => (index % 2 === 1 ? part : clean(part)))
    .join("");
}

/** A text in one line, such as a page's title: no escape sequences, no control characters, no line feeds. */
export function cleanTitle(text: string): string {
  return clean(text).replace(/\s+/g, " ").trim();
}

/** One line as a terminal would leave it: what a carriage return overwrites is gone, tabs are spaces. */
export function cleanLine(line: string): string {
  const shown = line.split("\r").findLast((part) => part !== "") ?? "";
  return expandTabs(clean(shown));
}

/** Spaces up to the next multiple of eight columns, in place of each tab. */
export function expandTabs(line: string): string {
  if (!line.includes("\t")) return line;
  let column = 0;
  let result = "";
  for (const character of line) {
    const piece = character === "\t" ? " ".repeat(8 - (column % 8)) : character;
    column += piece.length;
    result += piece;
  }
  return result;
}
