import { statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { RunbookError } from "../errors/runbook-error.ts";
import { DIALECTS, type Dialect } from "../language/model/dialect.ts";
import { ID, isReserved, NAME } from "../language/model/names.ts";
import { PLAIN, type ProjectSettings } from "../language/model/project.ts";
import { loadYaml } from "../language/parsers.ts";
import { type PlacedYaml, pairsOf, parseYaml, textOf } from "../language/read/frontmatter/yaml-node.ts";
import { didYouMean } from "../words/nearest.ts";
import { findProjectFile } from "./project-file.ts";

/** A project: what its configuration says, and where that lies. */
export interface Project extends ProjectSettings {
  file: string;
  /** The folder of the configuration. */
  dir: string;
  /** The folders of its pages, below its own; empty where it names none. */
  content: readonly string[];
}

const read = new Map<string, { text: string; project: Project }>();

/** The project that a folder belongs to. Throws where its configuration is wrong, with the place. */
export function projectAt(folder: string): Project | undefined {
  const found = findProjectFile(folder);
  if (!found) return undefined;
  const known = read.get(found.path);
  if (known?.text === found.text) return known.project;
  const project = parseProject(found.text, found.path);
  read.set(found.path, { text: found.text, project });
  return project;
}

/** The settings for the pages of a folder: the dialect of `--dialect` wins over the project's. */
export function settingsAt(folder: string): ProjectSettings {
  const { dialect, defaults, targets } = projectAt(folder) ?? PLAIN;
  return { dialect: askedDialect() ?? dialect, defaults, targets };
}

/** Finds the settings of pages. Each folder is looked at once: a finder is for one pass over pages. */
export type SettingsFinder = (file: string) => ProjectSettings;

/** Makes a finder of settings, for a pass over pages. */
export function settingsFinder(): SettingsFinder {
  const known = new Map<string, ProjectSettings>();
  return (file) => {
    const folder = dirname(file);
    const settings = known.get(folder) ?? settingsAt(folder);
    known.set(folder, settings);
    return settings;
  };
}

/** The dialect of `--dialect`, which is handed to every process of a command in the environment. */
function askedDialect(): Dialect | undefined {
  const name = process.env["RUNBOOK_DIALECT"];
  if (name === undefined || name === "") return undefined;
  if (isDialect(name)) return name;
  throw new RunbookError("unknown-dialect", `There is no dialect "${name}".`, { hint: dialectHint(name) });
}

function isDialect(name: string): name is Dialect {
  return (DIALECTS as readonly string[]).includes(name);
}

function dialectHint(name: string): string {
  return didYouMean(name, DIALECTS, `They are ${DIALECTS.join(", ")}.`) ?? "";
}

const KEYS = ["content", "dialect", "defaults", "targets"];

/** Reads a configuration's text. Throws its first fault, with the place. */
export function parseProject(text: string, file: string): Project {
  const yaml = parseYaml(text, 1);
  const project = { ...PLAIN, file, dir: dirname(file), content: [] as string[] };
  const wrong = complainAt(yaml, file);
  const [error] = yaml.document.errors;
  if (error)
    throw wrong({ range: [...error.pos, error.pos[1]] }, `${error.message.split("\n")[0]}`, "It is YAML, or JSON.");
  const root = yaml.document.contents;
  if (root === null) return project;
  if (!loadYaml().isMap(root))
    throw wrong(root, "The configuration must be a map of keys", `Its keys are ${KEYS.join(", ")}.`);
  for (const { key, keyNode, value } of pairsOf(root)) {
    if (key === "content") project.content = foldersOf(value, project.dir, wrong);
    else if (key === "dialect") project.dialect = dialectOf(value, wrong);
    else if (key === "defaults") project.defaults = textsOf(key, value, nameProblem, wrong);
    else if (key === "targets") project.targets = textsOf(key, value, targetProblem, wrong);
    else {
      const hint = didYouMean(key, KEYS, `Its keys are ${KEYS.join(", ")}.`) ?? "";
      throw wrong(keyNode, `The configuration has no key \`${key}\``, hint);
    }
  }
  return project;
}

type Wrong = (node: unknown, message: string, hint: string) => RunbookError;

function complainAt(yaml: PlacedYaml, file: string): Wrong {
  return (node, message, hint) => {
    const { line, column } = yaml.spanOf(node).start;
    return new RunbookError("bad-config", `${file}:${line}:${column}: ${message.replace(/\.$/, "")}.`, { hint });
  };
}

function foldersOf(node: unknown, dir: string, wrong: Wrong): string[] {
  const nodes = loadYaml().isSeq(node) ? node.items : [node];
  return nodes.map((item) => {
    const folder = textOf(item);
    const hint = "Write a folder below the configuration's own, such as `content: docs`.";
    if (folder === undefined || folder === "")
      throw wrong(item ?? node, "`content` must name a folder, or a list of them", hint);
    const path = relative(dir, resolve(dir, folder));
    if (path.startsWith("..") || isAbsolute(path)) throw wrong(item, `\`${folder}\` lies outside of the project`, hint);
    if (!statSync(join(dir, path), { throwIfNoEntry: false })?.isDirectory())
      throw wrong(item, `There is no folder \`${folder}\``, hint);
    return path;
  });
}

function dialectOf(node: unknown, wrong: Wrong): Dialect {
  const name = textOf(node) ?? "";
  if (isDialect(name)) return name;
  throw wrong(node, `There is no dialect "${name}"`, dialectHint(name));
}

function textsOf(
  key: string,
  node: unknown,
  problemOf: (name: string, value: string) => string | undefined,
  wrong: Wrong,
): Record<string, string> {
  if (!loadYaml().isMap(node)) throw wrong(node, `\`${key}\` must be a map`, `Write \`${key}: { name: text }\`.`);
  const texts: Record<string, string> = {};
  for (const { key: name, keyNode, value } of pairsOf(node as Parameters<typeof pairsOf>[0])) {
    const text = textOf(value);
    if (text === undefined)
      throw wrong(value ?? keyNode, `\`${name}\` must be text`, 'An empty value is written `""`.');
    const problem = problemOf(name, text);
    if (problem !== undefined) throw wrong(keyNode, problem, "Take another name.");
    texts[name] = text;
  }
  return texts;
}

function nameProblem(name: string): string | undefined {
  if (!NAME.test(name)) return `${JSON.stringify(name)} is no name of a variable`;
  return isReserved(name) ? `${name} steers the shell, a loader or the runner` : undefined;
}

function targetProblem(name: string, command: string): string | undefined {
  if (!ID.test(name))
    return `${JSON.stringify(name)} is no name of a target: that has small letters, digits and hyphens`;
  if (name === "host") return "`host` is the machine itself, and can't be declared";
  return /[\r\n]/.test(command) || command.trim() === "" ? `The command of ${name} must be one line` : undefined;
}
