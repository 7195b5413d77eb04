/**
 * Makes one file of execa and its hundred and fifty modules, which take three times as long to load as Node takes to
 * start. Set-up runs it; without the file (`npm ci` by hand) execa is loaded as it is published.
 */
import { renameSync } from "node:fs";
import { build } from "esbuild";

const root = new URL("../", import.meta.url).pathname;
const file = decodeURIComponent(`${root}node_modules/.runbook/execa.mjs`);
const part = `${file}.${process.pid}`;
await build({
  stdin: { contents: 'export { execa } from "execa";', resolveDir: decodeURIComponent(root) },
  bundle: true,
  platform: "node",
  format: "esm",
  target: "node26",
  outfile: part,
  logLevel: "error",
});
renameSync(part, file);
