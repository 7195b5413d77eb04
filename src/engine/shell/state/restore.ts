import { quoteBytes } from "./bytes.ts";
import type { Declared } from "./declared.ts";
import { readFunctions } from "./functions.ts";
import { aliasesOf, type ShellState, trapsOf, variablesOf, wordsOf } from "./state.ts";

/** What gives a new bash a state. */
export interface Restoring {
  /** Commands that are all made here: no part of the state's own text is copied into them. */
  commands: string;
  /** Functions that can't be restored, since their text is not exactly one definition. */
  refused: string[];
}

/** Bash's own variables that can't be set, or whose value is of the moment only. */
const notCarried = new Set(
  `BASH BASHOPTS BASHPID BASH_ALIASES BASH_ARGC BASH_ARGV BASH_ARGV0 BASH_CMDS BASH_COMMAND BASH_EXECUTION_STRING
  BASH_LINENO BASH_SOURCE BASH_SUBSHELL BASH_VERSINFO BASH_VERSION COMP_CWORD COMP_KEY COMP_LINE COMP_POINT COMP_TYPE
  COMP_WORDBREAKS COMP_WORDS DIRSTACK EPOCHREALTIME EPOCHSECONDS EUID FUNCNAME GROUPS HISTCMD LINENO PIPESTATUS POSIXLY_CORRECT PPID
  RANDOM RUNBOOK_RUN RUNBOOK_STEP SHELLOPTS SRANDOM UID _`.split(/\s+/),
);

/** Variables that every new bash has, so that they are taken away where the state lacks them. */
const usual = `DEBIAN_FRONTEND HOME HOSTNAME HOSTTYPE IFS LANG LOGNAME MACHTYPE MAILCHECK OLDPWD OPTERR OPTIND OSTYPE
  PATH PS4 PWD SHELL SHLVL SECONDS TERM USER`.split(/\s+/);

/**
 * Options of `set -o` that carry, and whether a new bash has them. `ignoreeof` is missing: it is on where the variable IGNOREEOF is set,
 * and setting the option gives the variable another value.
 */
const setOptions: Record<string, boolean> = {
  ...{ braceexpand: true, emacs: false, hashall: true, histexpand: false, history: false, keyword: false },
  ...{ monitor: false, noclobber: false, noglob: false, nolog: false, physical: false, privileged: false, vi: false },
  // Last, so that nothing that an option brings with it is exported.
  allexport: false,
};

/** Options of `shopt` that no command can change, or that each step sets anew (see `textOptions` in texts.ts). */
const notSet =
  /^(?:expand_aliases|inherit_errexit|interactive_comments|login_shell|restricted_shell|shift_verbose|sourcepath)$/;

/** The commands that give a new bash this state. Errors do no harm there, but for a folder that is gone. */
export function restoring(state: ShellState): Restoring {
  const variables = variablesOf(state).filter(({ name }) => !notCarried.has(name) && !name.startsWith("__rb_"));
  const { functions, refused } = readFunctions(state.functions, state.attributes);
  const builtins = new Set(["declare", "shopt", "set", "alias", "trap", "ulimit", "umask", "export", "readonly"]);
  const define = (late: boolean): string[] =>
    functions
      .filter(({ name }) => builtins.has(name) === late)
      .flatMap(({ name, text, flags }) => [text, ...flagCommands(name, flags, late)]);
  const names = new Set(variables.map(({ name }) => name));
  // A state that an older version kept does not name every variable.
  const gone = state.words === "" ? [] : usual.filter((name) => !names.has(name));
  const commands = [
    "set +eu",
    "unset POSIXLY_CORRECT",
    "shopt -u expand_aliases",
    "shopt -s extglob",
    ...folderCommands(state),
    ...define(false),
    ...[...aliasesOf(state)].map(([name, value]) => `alias -- ${quoteBytes(`${name}=${value}`)}`),
    ...[...trapsOf(state)].flatMap(([signal, command]) =>
      signal === "EXIT" || signal === "DEBUG" ? [] : [`trap -- ${quoteBytes(command)} ${signal}`],
    ),
    ...shellOptionCommands(state),
    ...gone.map((name) => `unset -v ${name}`),
    ...variables.flatMap(variableCommands),
    ...wordCommands(state),
    ...limitCommands(state),
    ...(/^[0-7]{3,4}$/.test(state.umask) ? [`umask ${state.umask}`] : []),
    ...setOptionCommands(state),
    ...define(true),
  ];
  return { commands: commands.join("\n"), refused };
}

/** Attributes of a function. One named as the command that would set them gets what special builtins can. */
function flagCommands(name: string, flags: string, late: boolean): string[] {
  if (flags === "") return [];
  const word = quoteBytes(name);
  if (!late) return [`declare -f${flags} -- ${word}`];
  const special = [
    flags.includes("x") ? `\\export -f -- ${word}` : "",
    flags.includes("r") ? `\\readonly -f -- ${word}` : "",
  ];
  return ["POSIXLY_CORRECT=1", ...special.filter(Boolean), "\\unset POSIXLY_CORRECT"];
}

/** Nothing of a page may run where its folder is gone: the worker then refuses it. */
function folderCommands({ folder, logicalFolder, stack }: ShellState): string[] {
  const stacked = wordsOf(stack)
    .filter((entry) => /^[/~]/.test(entry))
    .reverse();
  if (!folder.startsWith("/")) return ["__rb_lost=1"];
  return [
    `cd -P -- ${quoteBytes(folder)} || __rb_lost=1`,
    ...(logicalFolder.startsWith("/") && logicalFolder !== folder
      ? [`[[ ${quoteBytes(logicalFolder)} -ef . ]] && cd -L -- ${quoteBytes(logicalFolder)}`]
      : []),
    ...stacked.map((entry) =>
      entry.startsWith("~") ? `pushd -n "$HOME"${quoteBytes(entry.slice(1))}` : `pushd -n ${quoteBytes(entry)}`,
    ),
  ];
}

function variableCommands({ name, flags, value }: Declared): string[] {
  const attributes = [...flags].filter((flag) => "aAilnrtuxc".includes(flag)).join("");
  if (attributes.includes("n")) {
    // A subscript would be worked out when the reference is used.
    if (typeof value !== "string" || !/^[A-Za-z_]\w*(?:\[(?:\w+|[@*])\])?$/.test(value)) return [];
    return [`declare -${attributes} ${name}=${quoteBytes(value)}`];
  }
  const kind = attributes.includes("A") ? "A" : attributes.includes("a") ? "a" : "";
  const rest = attributes.replace(/[aA]/g, "");
  const commands = kind ? [`declare -${kind} ${name}`] : [];
  // The value first: with `-i` it would be worked out as arithmetic, with `-u` or `-l` changed.
  if (typeof value === "string") commands.push(`${name}=${quoteBytes(value)}`);
  else if (value) commands.push(`${name}=(${elements(value, kind)})`);
  // A new bash exports some of its variables.
  if (!rest.includes("x") && usual.includes(name)) commands.push(`declare +x ${name}`);
  if (rest || (value === undefined && !kind)) commands.push(`declare -${rest || "-"} ${name}`);
  return commands;
}

function elements(value: [string, string][], kind: string): string {
  const sure = value.filter(([key]) => kind === "A" || /^\d+$/.test(key));
  return sure.map(([key, element]) => `[${kind === "A" ? quoteBytes(key) : key}]=${quoteBytes(element)}`).join(" ");
}

function wordCommands(state: ShellState): string[] {
  const [name, ...rest] = wordsOf(state.words);
  if (name === undefined) return [];
  const own = name === "bash" ? [] : [`BASH_ARGV0=${quoteBytes(name)}`];
  return [...own, `set -- ${rest.map(quoteBytes).join(" ")}`];
}

const optionNames = (list: string): string[] => list.split(":").filter((name) => /^[a-z0-9_-]+$/.test(name));

function shellOptionCommands(state: ShellState): string[] {
  const on = optionNames(state.shellOptions).filter((name) => !notSet.test(name));
  return [
    `for __rb_n in \${BASHOPTS//:/ }; do case :${on.join(":")}: in *:"$__rb_n":*) ;; *) shopt -u "$__rb_n" ;; esac; done`,
    ...(on.length > 0 ? [`shopt -s ${on.join(" ")}`] : []),
  ];
}

function setOptionCommands(state: ShellState): string[] {
  const on = new Set(optionNames(state.options));
  return Object.entries(setOptions).flatMap(([name, usually]) =>
    on.has(name) === usually ? [] : [`set ${on.has(name) ? "-" : "+"}o ${name}`],
  );
}

/** Soft limits before hard ones, where these are lowered, and after them, where they are raised. */
function limitCommands({ softLimits, hardLimits }: ShellState): string[] {
  const limits = (text: string, kind: string): string[] =>
    text.split("\n").flatMap((line) => {
      const [, letter = "", value = ""] = /\(.*-([a-zA-Z])\)\s+(unlimited|\d+)$/.exec(line) ?? [];
      return letter === "" || letter === "p" ? [] : [`-${kind} -${letter} ${value}`];
    });
  const [soft, hard] = [limits(softLimits, "S"), limits(hardLimits, "H")];
  if (soft.length === 0) return [];
  // In POSIX mode some of them are counted in other units, as they were when they were told.
  return [
    "POSIXLY_CORRECT=1",
    ...[...soft, ...hard, ...soft].map((limit) => `ulimit ${limit}`),
    "unset POSIXLY_CORRECT",
  ];
}
