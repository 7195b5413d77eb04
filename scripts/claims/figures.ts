/** A kind of figure, which makes a sentence a claim that a reader could check. */
export type FigureKind = "date" | "version" | "quantity";

const months = "January|February|March|April|May|June|July|August|September|October|November|December";
const units =
  "[KMGT]i?B|kB|bits?|bytes?|ms|s|seconds?|minutes?|min|hours?|days?|months?|years?|%|×|times|[kMG]?Hz|[MG]bit/s";
const changes = "since|until|before|after|from|in|up to|as of|with";
const products =
  "Linux|Debian|Ubuntu|Fedora|RHEL|QEMU|libvirt|Xen|ESXi?|Server|macOS|Docker|Engine|Compose|LXC|LXD|Incus";

/** A figure as the page has it, and its kind. */
export interface Figure {
  kind: FigureKind;
  figure: string;
}

/** Tried in this order, so that the numbers of a date are no version, and those of a version no quantity. */
const patterns: [FigureKind, RegExp][] = [
  [
    "date",
    new RegExp(
      `\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b(?:\\d{1,2} )?(?:${months}) \\d{4}\\b|(?<!Server )\\b(?:19|20)\\d{2}\\b`,
      "g",
    ),
  ],
  [
    "version",
    /(?<![\d./])\b\d+\.\d+(?:\.\d+)?\b(?![/\w]|\.\w|\s?[%×])(?!(?: to \d+(?:\.\d+)?)? (?:s|ms|min|[KMGT]i?B)\b)/g,
  ],
  ["version", new RegExp(`\\b(?:${changes}) (?:(?:${products}|Windows(?: Server)?) )+\\d+\\b`, "gi")],
  ["quantity", new RegExp(`\\b\\d[\\d.,]*(?:(?:[–-]| to )\\d[\\d.,]*)? ?(?:${units})(?![\\w])`, "g")],
];

/** When a page was checked, and how old its sources are, is said of the page itself: it claims nothing about a system. */
const pageDate = new RegExp(`\\b(?:as of|documents of) (?:${months}) \\d{4}`, "gi");

/** The system that a page is written for is no claim about that system. */
const pageScope = /\bhosts? with Debian \d+(?: (?:and|or) \d+)?/g;

/** The number in a licence's name is part of the name. */
const licence = /\b(?:Apache|MPL|[AL]?GPL) ?(?:License )?v?\d\.\d\b/g;

/** Dates, versions and quantities in prose, by kind, each once. */
export function figuresIn(prose: string): Figure[] {
  let rest = prose.replace(pageDate, "").replace(pageScope, "").replace(licence, "");
  const found = new Map<string, FigureKind>();
  for (const [kind, pattern] of patterns) {
    rest = rest.replace(pattern, (figure) => {
      found.set(figure.trim(), found.get(figure.trim()) ?? kind);
      return " ";
    });
  }
  return [...found].map(([figure, kind]) => ({ kind, figure }));
}
