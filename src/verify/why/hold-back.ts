import { quoteShell } from "../../language/shell/quote.ts";
import type { CleanHost } from "../machine/clean-host.ts";
import { type PackageChange, plainName } from "./package-changes.ts";

/**
 * Lets apt take the earlier version of a package, now and whenever something installs it. False where the archive has it no more,
 * or where it does not fit the rest.
 */
export async function holdBack(host: CleanHost, { name, was }: PackageChange): Promise<boolean> {
  if (was === undefined) return false;
  const [own, version] = [quoteShell(plainName(name)), quoteShell(was)];
  const { exitCode } = await host.shell(
    `set -e
export DEBIAN_FRONTEND=noninteractive
apt-get update >/dev/null
apt-cache madison ${own} | awk -v version=${version} '{ if ($3 == version) found = 1 } END { exit !found }'
printf 'Package: %s\\nPin: version %s\\nPin-Priority: 1001\\n' ${own} ${version} >/etc/apt/preferences.d/held-back
status=$(dpkg-query --show --showformat '\${db:Status-Status}' ${own} 2>/dev/null || true)
[ "$status" != installed ] || apt-get install --yes --allow-downgrades --no-install-recommends ${own}=${version} >/dev/null`,
    { timeoutMs: 10 * 60_000 },
  );
  return exitCode === 0;
}
