import type { Runbook, Target } from "../model/runbook.ts";

/** Systems and programs whose shell is no bash. */
const WITHOUT_BASH = /\b(?:alpine|busybox|openwrt)\b/i;
/** The same as an image's name; a package or a file has it as a part of a longer name. */
const IMAGE_WITHOUT_BASH = /(?<![-\w/.])(?:alpine|busybox|openwrt)(?![-\w])/i;

/** Systems that have bash in their smallest form, by their names, their releases' names and their package managers. */
const WITH_BASH =
  /\b(?:debian|bookworm|trixie|forky|ubuntu|jammy|noble|fedora|centos|rocky|rockylinux|almalinux|rhel|archlinux|opensuse|apt-get|dpkg|dnf|yum|pacman|zypper)\b/i;
/** Commands that stay on this host, as another user or in a namespace: the host's bash is there too. */
const ON_THE_HOST =
  /^(?:sudo )?(?:ip netns exec \S+|(?:runuser|sudo) (?:--user|-u)[ =]\S+(?: --)?|env(?: (?:-i|"\w+=[^"]*"|\w+=(?:"[^"]*"|[^\s"'])*))+)$/;

/** Commands behind which a further shell reads the words: it would take the quoting away that a program gets as it is. */
const READ_BY_A_SHELL = /(?:^|[\s/])ssh\s|\s(?:-c|--command)$/;

/** Becomes bash where the target has one, as the runner does, and else its `sh`. */
const EITHER = `sh -c 'exec "$(command -v bash || command -v sh)"'`;
/** The same as one word, which a further shell reads. */
const EITHER_AS_A_WORD = `'sh -c "exec \\$(command -v bash || command -v sh)"'`;

/** Whether the shell by which a target is entered is bash for certain. */
export function isBash(entering: string): boolean {
  return entering.endsWith(" bash");
}

/**
 * The shell that stands behind a target's command where people enter the target. It is bash where the page names a system that
 * has bash, or where the target is on the host. Elsewhere it is bash or `sh`, whichever the target has. The page names a system in the
 * target's command, in a parameter, in a step on the host, which may make the target, or in a step on the target.
 */
export function targetShell({ name, command }: Target, { params, steps }: Runbook): string {
  const defaults = params.map(({ default: value = "" }) => (typeof value === "string" ? value : value.command));
  const choices = params.flatMap(({ enum: words = [] }) => words);
  const made = steps.filter(({ on }) => on === "host").map(({ fence }) => fence.text);
  const inside = steps.filter(({ on }) => on === name).map(({ fence }) => fence.text);
  const lacks = WITHOUT_BASH.test(command) || [...defaults, ...made].some((text) => IMAGE_WITHOUT_BASH.test(text));
  const has = [command, ...defaults, ...choices, ...made, ...inside].some((text) => WITH_BASH.test(text));
  if (!lacks && (has || ON_THE_HOST.test(command))) return "bash";
  return READ_BY_A_SHELL.test(command) ? EITHER_AS_A_WORD : EITHER;
}
