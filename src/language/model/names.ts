/** What an id of a runbook, step or target looks like; it is an anchor and a word on the command line. */
export const ID = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** What a variable's name looks like in every shell. */
export const NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Names of which the environment a step starts from is made. */
const ENVIRONMENT = "PATH HOME USER LOGNAME SHELL PWD OLDPWD LANG LANGUAGE TERM TERMINFO TMPDIR DEBIAN_FRONTEND _";

/** Names that a shell reads or keeps for itself. */
const SHELL =
  "IFS ENV CDPATH SHELLOPTS POSIXLY_CORRECT PS0 PS1 PS2 PS3 PS4 PROMPT_COMMAND PROMPT_DIRTRIM UID EUID PPID GROUPS " +
  "RANDOM SRANDOM SECONDS EPOCHSECONDS EPOCHREALTIME LINENO FUNCNAME FUNCNEST PIPESTATUS DIRSTACK SHLVL REPLY OPTIND " +
  "OPTARG OPTERR COLUMNS LINES GLOBIGNORE GLOBSORT FIGNORE EXECIGNORE CHILD_MAX COPROC FCEDIT IGNOREEOF INPUTRC " +
  "MAPFILE TIMEFORMAT TMOUT MAIL MAILCHECK MAILPATH auto_resume histchars";

/** Names that a loader, the C library or an interpreter reads before a program does. */
const LOADER =
  "GCONV_PATH GETCONF_DIR GLIBC_TUNABLES HOSTALIASES LOCALDOMAIN LOCPATH NIS_PATH NLSPATH RES_OPTIONS RESOLV_HOST_CONF " +
  "TZDIR PERL5LIB PERL5OPT PERL5DB PYTHONPATH PYTHONHOME PYTHONSTARTUP PYTHONINSPECT RUBYLIB RUBYOPT NODE_OPTIONS NODE_PATH";

const RESERVED = new Set(`${ENVIRONMENT} ${SHELL} ${LOADER}`.split(" "));
const RESERVED_PREFIX = /^(?:BASH|LD_|DYLD_|LC_|MALLOC_|HIST|COMP_|COMPREPLY|READLINE_|RUNBOOK_)/;

/** Whether a name steers the shell, the loader or the runner, so that no page may set it. */
export function isReserved(name: string): boolean {
  return RESERVED.has(name) || RESERVED_PREFIX.test(name);
}

/** The reserved names as the reference lists them; a last `*` stands for any ending. */
export function reservedNames(): string[] {
  const prefixes = RESERVED_PREFIX.source.slice(4, -1).split("|");
  return [...RESERVED, ...prefixes.map((prefix) => `${prefix}*`)].sort();
}

/** Variables that a step finds without any page setting them. */
export function isGiven(name: string): boolean {
  return RESERVED.has(name) || /^(?:BASH|LC_|HOSTNAME$|HOSTTYPE$|MACHTYPE$|OSTYPE$)/.test(name);
}
