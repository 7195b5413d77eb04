/** The chains that iptables makes in nftables, each by the first rule for it, and never removes. */
const builtIn = /^ip6? (?:filter|nat|mangle|raw|security) chain (?:INPUT|FORWARD|OUTPUT|PREROUTING|POSTROUTING)$/;
/** What nft shows of a base chain that lets everything through. */
const acceptsAll = /^type \w+ hook \w+ priority [^;]+; policy accept;$/;

/**
 * Firewall rules by name, without iptables' built-in chains that hold no rule and accept everything. Such a chain does nothing
 * to any packet, and a rule that came and went leaves it. A chain with another policy, a chain of one's own and a table all stay.
 */
export function withoutEmptyChains(rules: ReadonlyMap<string, string>): Map<string, string> {
  const inChain = Map.groupBy(rules.keys(), (name) => name.split(": ", 1)[0] ?? name);
  const isEmpty = (chain: string): boolean =>
    builtIn.test(chain) &&
    (inChain.get(chain) ?? []).every((name) => name === chain || acceptsAll.test(name.slice(chain.length + 2)));
  return new Map([...rules].filter(([name]) => !isEmpty(name.split(": ", 1)[0] ?? name)));
}
