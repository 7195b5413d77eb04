/**
 * Runs a command line on a terminal, and draws the terminal's final screen:
 * `./runbook --node scripts/picture.ts FILE.svg ./runbook exec lxc-new CONTAINER=web1`.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { quoteShell } from "../src/language/shell/quote.ts";
import { finalScreen, type Stretch } from "./picture/screen.ts";

const columns = 100;
const wide = 8.4;
const high = 19;
const margin = 18;
const fills: Record<string, string> = {
  red: "#ff8a80",
  green: "#8fd694",
  yellow: "#e6c76a",
  blue: "#8ab4f8",
  magenta: "#d7a6f5",
  cyan: "#7fd6d6",
};

const [file = "", ...words] = process.argv.slice(2);
if (!file || words.length === 0) {
  console.error("usage: picture.ts FILE.svg COMMAND…");
  process.exit(2);
}
const command = words.map(quoteShell).join(" ");
const screen = [[{ text: `$ ${command}`, look: { bold: true } }], ...finalScreen(run(command))];
while (screen.at(-1)?.length === 0) screen.pop();
writeFileSync(file, draw(screen));

/** Everything that a command writes to a terminal. */
function run(line: string): string {
  const folder = mkdtempSync(join(tmpdir(), "picture-"));
  const log = join(folder, "log");
  const shell = `stty cols ${columns} rows 50; ${line}`;
  const env = { ...process.env, TERM: "xterm-256color" };
  const stdio: ["ignore", "ignore", "inherit"] = ["ignore", "ignore", "inherit"];
  const done = spawnSync("script", ["--quiet", "--return", "--command", shell, log], { stdio, env });
  const text = readFileSync(log, "utf8");
  rmSync(folder, { recursive: true });
  if (done.status !== 0) throw new Error(`exit ${done.status}\n${text}`);
  // script(1) adds a line of its own before and after the output.
  return text.replace(/^Script started.*\n/, "").replace(/\r?\nScript done.*\n*$/, "\n");
}

function draw(lines: Stretch[][]): string {
  const width = Math.round(columns * wide + 2 * margin);
  const height = lines.length * high + 2 * margin;
  const rows = lines.map((line, index) => {
    const y = margin + (index + 0.75) * high;
    let column = 0;
    const spans = line.map(({ text, look }) => {
      const x = margin + column * wide;
      column += [...text].length;
      // Keeps columns aligned where the viewer's font is wider or narrower.
      const length = `textLength="${([...text].length * wide).toFixed(1)}" lengthAdjust="spacingAndGlyphs"`;
      const fill = look.colour && fills[look.colour] ? ` fill="${fills[look.colour]}"` : "";
      const weight = look.bold ? ' font-weight="bold"' : "";
      const dim = look.dim ? ' opacity="0.7"' : "";
      return text.trim()
        ? `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" ${length}${fill}${weight}${dim}>${escapeXml(text)}</text>`
        : "";
    });
    return spans.join("");
  });
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img">
<title>What a terminal shows of: ${escapeXml(command)}</title>
<rect width="100%" height="100%" rx="8" fill="#16181d"/>
<g font-family="ui-monospace, 'DejaVu Sans Mono', Menlo, Consolas, monospace" font-size="14" fill="#e4e6eb">
${rows.filter(Boolean).join("\n")}
</g>
</svg>
`;
}

function escapeXml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll(" ", "&#160;");
}
