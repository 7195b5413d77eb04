import { quoteBytes, readWord } from "./bytes.ts";

/** The state of a shell without bash, its bytes a character each. Its functions can't be listed: their texts are the page's. */
export interface ShState {
  kind: "sh";
  /** Every variable, by name; those of the runner's worker tell the rest of the state (scripts/worker.sh). */
  variables: Record<string, string>;
  /** The functions that the shell has, by name, as the page's text defined them. */
  functions: Record<string, string>;
}

/** Reads the report of a worker without bash: what `set` prints. `texts` are the functions that a page's texts defined. */
export function readShReport(report: string, texts: ReadonlyMap<string, string>): ShState {
  const variables = new Map<string, string>();
  let at = 0;
  while (at < report.length) {
    const name = /^([A-Za-z_]\w*)=/.exec(report.slice(at, at + 256));
    const begin = at + (name?.[0].length ?? 0);
    const value =
      name && (report[begin] === "\n" || begin >= report.length ? { value: "", end: begin } : readWord(report, begin));
    if (name && value) variables.set(name[1] as string, value.value);
    const next = report.indexOf("\n", value?.end ?? at);
    if (next < 0) break;
    at = next + 1;
  }
  const defined = (variables.get("rb_defined") ?? "").split(" ").filter((name) => texts.has(name));
  variables.delete("rb_defined");
  return {
    kind: "sh",
    variables: Object.fromEntries(variables),
    functions: Object.fromEntries(defined.map((name) => [name, texts.get(name) as string])),
  };
}

/** A report as it stood before it was fitted into frames. */
export function unescaped(bytes: string): string {
  const chars: Record<string, string> = { g: "\x1d", u: "\x1f", r: "\x1e" };
  return bytes.replace(/\x1d([gur])/g, (_, letter: string) => chars[letter] as string);
}

/** Reads a kept state; undefined where it is none of a shell without bash. */
export function readShState(text: string): ShState | undefined {
  if (!text.startsWith('{"kind":"sh"')) return undefined;
  try {
    const { variables, functions } = JSON.parse(text) as Partial<ShState>;
    const texts = (record: unknown): record is Record<string, string> =>
      typeof record === "object" &&
      record !== null &&
      Object.values(record).every((value) => typeof value === "string");
    return texts(variables) && texts(functions) ? { kind: "sh", variables, functions } : undefined;
  } catch {
    return undefined;
  }
}

/** The state without what a secret stands in. Without its folder a shell can't go on. */
export function shWithoutSecrets(state: ShState, hides: (bytes: string) => boolean): ShState {
  const kept = (record: Record<string, string>): Record<string, string> =>
    Object.fromEntries(Object.entries(record).filter(([, text]) => !hides(text)));
  return { ...state, variables: kept(state.variables), functions: kept(state.functions) };
}

/** Variables that every new worker has, so that they are taken away where the state lacks them. */
const usual = `DEBIAN_FRONTEND HOME HOSTNAME IFS LANG LOGNAME OLDPWD PATH PS4 SHLVL TERM USER`.split(" ");

/** What a new worker keeps of its own. */
const own =
  /^(?:rb_.*|RUNBOOK_(?:RUN|STEP)|PPID|_|LINENO|RANDOM|SECONDS|EPOCH(?:REALTIME|SECONDS)|FUNCNAME|BASHPID|OPTIND|HISTFILE)$/;

const limitLetters: Record<string, string> = {
  ...{ time: "t", file: "f", data: "d", stack: "s", coredump: "c", memory: "m", "locked memory": "l", process: "p" },
  ...{ nofiles: "n", vmemory: "v", locks: "w", rtprio: "r" },
};

/** The commands that give a new worker without bash this state. */
export function shRestoring({ variables, functions }: ShState): string {
  const value = (name: string): string => variables[`rb_${name}`] ?? "";
  const names = Object.keys(variables).filter((name) => !own.test(name));
  const listed = (text: string, word: string): string[] =>
    [...text.matchAll(new RegExp(`^${word} (?:-- )?([A-Za-z_]\\w*)(?==|$)`, "gm"))].map((match) => match[1] as string);
  const exported = new Set(listed(value("exported"), "export"));
  const constant = new Set(listed(value("readonly"), "readonly"));
  /** Names that are exported or readonly, and hold nothing. */
  const unset = (marked: ReadonlySet<string>): string[] =>
    [...marked].filter((name) => !names.includes(name) && !own.test(name));
  const folder = value("folder");
  const words = Array.from({ length: Number(value("words")) || 0 }, (_, index) => value(`word_${index + 1}`));
  return [
    "set +eu",
    folder.startsWith("/") ? `cd -P -- ${word(folder)} || rb_lost=1` : "rb_lost=1",
    ...(value("logical") !== folder && value("logical").startsWith("/")
      ? [`[ ${word(value("logical"))} -ef . ] && cd -L -- ${word(value("logical"))}`]
      : []),
    ...Object.values(functions),
    // Also what the page took away and set anew: an export would stay.
    ...usual.filter((name) => !names.includes(name) || !exported.has(name)).map((name) => `unset ${name}`),
    ...names.flatMap((name) => [
      `${name}=${word(variables[name] ?? "")}`,
      ...(exported.has(name) ? [`export ${name}`] : []),
      ...(constant.has(name) ? [`readonly ${name}`] : []),
    ]),
    ...unset(exported).map((name) => `export ${name}`),
    ...unset(constant).map((name) => `readonly ${name}`),
    ...(/^\d+$/.test(variables["OPTIND"] ?? "") ? [`OPTIND=${variables["OPTIND"]}`] : []),
    ...(exported.has("OPTIND") ? ["export OPTIND"] : []),
    ...(constant.has("OPTIND") ? ["readonly OPTIND"] : []),
    ...aliasCommands(value("aliases")),
    ...Object.entries(variables).flatMap(([name, command]) => {
      const signal = /^rb_trap_([A-Z0-9]+)$/.exec(name)?.[1];
      return signal === undefined ? [] : [`command trap -- ${word(command)} ${signal}`, `${name}=${word(command)}`];
    }),
    `set -- ${words.map(word).join(" ")}`,
    ...(/^[0-7]{3,4}$/.test(value("umask")) ? [`umask ${value("umask")}`] : []),
    ...limitCommands(value("soft"), value("hard")),
    ...optionCommands(value("options")),
    `rb_user_exit=${word(value("user_exit"))}`,
  ].join("\n");
}

/** The commands that take away what `shRestoring` gives for the runner's worker alone: a person's shell has none of it. */
export const shWithoutWorker = ({ variables }: ShState): string => {
  const traps = Object.keys(variables).filter((name) => /^rb_trap_[A-Z0-9]+$/.test(name));
  return `unset ${["rb_user_exit", "rb_lost", ...traps].join(" ")}`;
};

/** A word in single quotes: these shells read no others alike. */
const word = (bytes: string): string =>
  /^[\w@%+:,./-]+$/.test(bytes) ? quoteBytes(bytes) : `'${bytes.replaceAll("'", "'\\''")}'`;

function aliasCommands(text: string): string[] {
  const commands: string[] = [];
  let at = 0;
  while (at < text.length) {
    const name = /^(?:alias )?([^\s='"$`\\()<>|&;/]+)=/.exec(text.slice(at));
    const value = name && readWord(text, at + name[0].length);
    if (name && value && name[1] !== "trap") commands.push(`alias ${word(`${name[1]}=${value.value}`)}`);
    const next = text.indexOf("\n", value?.end ?? at);
    if (next < 0) break;
    at = next + 1;
  }
  return commands;
}

function optionCommands(text: string): string[] {
  const lines = [...text.matchAll(/^set ([-+])o ([a-z]+)$/gm)];
  const renewed = new Set(["errexit", "nounset", "xtrace", "verbose", "interactive", "stdin", "noexec", "pipefail"]);
  return lines.flatMap(([, sign, name = ""]) => (renewed.has(name) ? [] : [`set ${sign}o ${name}`]));
}

function limitCommands(soft: string, hard: string): string[] {
  const limits = (text: string, kind: string): string[] =>
    text.split("\n").flatMap((line) => {
      const busybox = /\(-([a-z])\)\s+(unlimited|\d+)$/.exec(line);
      const [, name = "", value = ""] = /^([a-z ]+?)(?:\(\w+\))?\s+(unlimited|\d+)$/.exec(line) ?? [];
      const letter = busybox?.[1] ?? limitLetters[name];
      return letter === undefined ? [] : [`ulimit -${kind} -${letter} ${busybox?.[2] ?? value}`];
    });
  const [softs, hards] = [limits(soft, "S"), limits(hard, "H")];
  return [...softs, ...hards, ...softs];
}
