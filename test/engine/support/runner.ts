/** Runs a page in a process of its own and says on stdout what happens: `JSON`, with place and options. */
import { writeSync } from "node:fs";
import { type Place, type RunPageOptions, runPage } from "./perform.ts";

const { place, options } = JSON.parse(process.argv[2] ?? "") as { place: Place; options: RunPageOptions };
const { result } = await runPage(place, {
  ...options,
  onEvent: (event) => writeSync(1, `${JSON.stringify(event)}\n`),
});
process.exitCode = result.exitCode;
