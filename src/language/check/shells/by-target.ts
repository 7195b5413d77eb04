/** Gives of each target a map of its own, which is made where it is first asked for. */
export function mapByTarget(): (target: string) => Map<string, string> {
  const targets = new Map<string, Map<string, string>>();
  return (target) => {
    const own = targets.get(target) ?? new Map<string, string>();
    targets.set(target, own);
    return own;
  };
}
