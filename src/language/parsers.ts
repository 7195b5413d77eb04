import { createRequire } from "node:module";

// Loaded at first use and at once: most commands need neither, and those that do are no async ones.
const require = createRequire(import.meta.url);

let yaml: typeof import("yaml") | undefined;
let toml: typeof import("smol-toml") | undefined;
let unbash: typeof import("unbash") | undefined;

/** The YAML parser. */
export function loadYaml(): typeof import("yaml") {
  yaml ??= require("yaml") as typeof import("yaml");
  return yaml;
}

/** The TOML parser. */
export function loadToml(): typeof import("smol-toml") {
  toml ??= require("smol-toml") as typeof import("smol-toml");
  return toml;
}

/** The shell parser. */
export function loadUnbash(): typeof import("unbash") {
  unbash ??= require("unbash") as typeof import("unbash");
  return unbash;
}
