const ADDRESS = /\b\d{1,3}(?:\.\d{1,3}){3}(?:\/\d{1,2})?\b/g;

/** Networks that are the same everywhere: this host, links, documentation, multicast, masks. */
const COMMON = [
  "0.0.0.0/8",
  "127.0.0.0/8",
  "169.254.0.0/16",
  "192.0.2.0/24",
  "198.51.100.0/24",
  "203.0.113.0/24",
  "224.0.0.0/3",
];

/**
 * The IPv4 addresses that mean the same wherever a runbook is proved: those that its pages name, with their networks, and those
 * of networks that were made on the clean host. Any other one is of the machine that proves, or of its network: an archive's
 * address is whatever name server was asked says.
 */
export class KnownAddresses {
  readonly #networks: { base: number; bits: number }[] = [];

  /** @param texts what pages and values say */
  constructor(texts: readonly string[]) {
    for (const network of COMMON) this.allow(network);
    for (const text of texts) {
      for (const [found] of text.matchAll(ADDRESS)) {
        const [address = "", bits] = found.split("/");
        // Of an address without a network's length a small one is taken, and of a network that is half the world no more.
        this.allow(`${address}/${Math.max(16, Number(bits ?? 24))}`);
      }
    }
  }

  /** Another network, as an address with the length of its prefix. */
  allow(network: string): void {
    const [address = "", bits = "32"] = network.split("/");
    const base = numberOf(address);
    if (base !== undefined && Number(bits) <= 32 && Number(bits) > 0) this.#networks.push({ base, bits: Number(bits) });
  }

  /** Whether an address is in one of the networks. */
  has(address: string): boolean {
    const number = numberOf(address);
    if (number === undefined) return true;
    return this.#networks.some(({ base, bits }) => base >>> (32 - bits) === number >>> (32 - bits));
  }
}

/** An address as a number; undefined where the text is none, such as a version of four parts. */
function numberOf(address: string): number | undefined {
  const parts = address.split(".").map(Number);
  if (parts.length !== 4 || parts.some((part) => !(part <= 255))) return undefined;
  return parts.reduce((number, part) => number * 256 + part, 0);
}
