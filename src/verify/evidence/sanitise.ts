import type { KnownAddresses } from "./known-addresses.ts";

/** What names a machine, by what stands in its place. */
export type Replacements = ReadonlyMap<string, string>;

/** What of a machine must not reach an evidence file. */
export interface Machine {
  names: Replacements;
  /** Addresses that name no single machine; all others are taken out. */
  addresses: KnownAddresses;
}

const HEX = "[0-9a-fA-F]";

/**
 * Text that differs between two proofs though nothing changed, with the matchers of `output` fences for it. Names
 * that a page's reader needs stay: versions, names of packages, paths.
 */
const VOLATILE: readonly (readonly [pattern: RegExp, put: string])[] = [
  [new RegExp(`\\b${HEX}{8}-${HEX}{4}-${HEX}{4}-${HEX}{4}-${HEX}{12}\\b`, "g"), "<uuid>"],
  [new RegExp(`\\b${HEX}{2}(?::${HEX}{2}){5}\\b`, "g"), "<mac>"],
  [/\b(ssh-(?:ed25519|rsa)|ecdsa-sha2-nistp\d+) [A-Za-z0-9+/=]{40,}/g, "$1 <key>"],
  [/\bSHA256:[A-Za-z0-9+/=]{40,}/g, "SHA256:<hash>"],
  [/\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z| ?[+-]\d\d:?\d\d)?(?: UTC)?/g, "<date>"],
  [
    /\b(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? (?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +\d{1,2}|\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))[ \d:]*(?:UTC)?(?: \d{4})?/g,
    "<date>",
  ],
  [/\b\d{8}_\d\d:\d\d\b/g, "<date>"],
  [/^(Fetched|Need to get) .*$/gm, "$1 …"],
  [/^(Get|Hit|Ign):\d+ /gm, "$1 "],
  [/\[[\d.,]+ [kMG]?B\]/g, "[<size>]"],
  [/\(Reading database .*?\)?$/gm, "(Reading database …"],
  [/\b(\w*fe80::)[0-9a-f:]+/g, "$1…"],
  [/\b(pid|PID|process)( |=)\d+\b/g, "$1$2<pid>"],
];

/** An address between what can't be part of a version. */
const V4 = /(?<![\w.+~-]|\d:)\d{1,3}(?:\.\d{1,3}){3}(?![\w+~]|\.\w|-(?!\d{1,3}(?:\.\d{1,3}){3}))/g;
/** An address of the Internet. */
const V6 = /(?<![\w:])[23][0-9a-f]{3}(?:(?::[0-9a-f]{1,4}){7}|(?::[0-9a-f]{1,4}){0,6}::[0-9a-f:]*)(?![\w:])/gi;
/** Where apt gets Debian from, by whatever mirror. */
const ARCHIVE = /\b(https?:\/\/)[^/\s"]+(?=\/(?:debian|debian-security)(?:\/|\s|$))/g;

/** Removes from a text the names of a machine and its network, and replaces what differs each time. */
export function sanitise(text: string, { names, addresses }: Machine): string {
  let clean = text;
  const longestFirst = [...names].sort(([one], [other]) => other.length - one.length);
  for (const [name, put] of longestFirst) clean = clean.replaceAll(boundary(name), put);
  for (const [pattern, put] of VOLATILE) clean = clean.replaceAll(pattern, put);
  clean = clean.replaceAll(ARCHIVE, "$1deb.debian.org").replaceAll(V6, "<ip>");
  return clean.replaceAll(V4, (address) => (addresses.has(address) ? address : "<ip>"));
}

/** A name as a word of its own: a host called `debian` must not be taken out of `debian-12`. */
function boundary(name: string): RegExp {
  const quoted = name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`(?<![A-Za-z0-9-])${quoted}(?![A-Za-z0-9-])`, "g");
}

/** The most of a phase's output that is kept, in characters. */
const most = 12_000;

/** The head and the tail of what a phase printed, with a line between them that says how much is left out. */
export function capped(output: string): { output: string; cut: boolean } {
  const text = output.replaceAll(/\r+\n/g, "\n").replaceAll(/[^\n]*\r(?!\n)/g, "");
  if (text.length <= most) return { output: text, cut: false };
  const head = text.slice(0, text.lastIndexOf("\n", most / 3) + 1 || most / 3);
  const from = text.length - (most * 2) / 3;
  const tail = text.slice(text.indexOf("\n", from) + 1 || from);
  const lines = text.slice(head.length, text.length - tail.length).split("\n").length - 1;
  return { output: `${head}… ${lines} lines are left out …\n${tail}`, cut: true };
}
