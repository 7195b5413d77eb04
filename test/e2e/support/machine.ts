import { execaSync } from "execa";

/** What a machine has that a procedure could leave behind, each a list of lines. */
export interface Machine {
  packages: string[];
  users: string[];
  links: string[];
  rules: string[];
  mounts: string[];
  files: string[];
  settings: string[];
}

const sh = (text: string): string[] =>
  execaSync("bash", ["-c", text], { reject: false, maxBuffer: 512 * 1024 * 1024 })
    .stdout.split("\n")
    .filter((line) => line !== "");

// What changes by itself or is a cache: logs, apt's and dpkg's own records (packages are compared by name), caches that
// packages' triggers write, the runner's lock, and what a running machine writes.
const leftOut = [
  "/var/log",
  "/var/cache",
  "/var/lib/apt",
  "/var/lib/dpkg",
  "/var/lib/systemd",
  "/var/lib/ucf",
  "/var/lib/misc/dnsmasq.leases",
  "/var/tmp",
  "/etc/ld.so.cache",
  "/etc/mtab",
  "/usr/share/mime",
  "/usr/lib/x86_64-linux-gnu/gdk-pixbuf",
  "/etc/passwd-",
  "/etc/group-",
  "/etc/shadow-",
  "/etc/gshadow-",
  "/etc/subuid-",
  "/etc/subgid-",
];

/** Looks at the machine. Files are known by path, kind, mode, owner and size. */
export function lookAtMachine(): Machine {
  const prune = leftOut.map((path) => `-path ${path}`).join(" -o ");
  return {
    packages: sh(
      "dpkg-query --show --showformat '${Package}:${Architecture} ${Version} ${db:Status-Status}\\n' | grep ' installed$'",
    ),
    users: sh("getent passwd; getent group"),
    links: sh("ip -brief link | awk '{ print $1 }' | sort"),
    // Counters tell of traffic, not of rules; the sizes of dnsmasq's leases, of who asked while the bridge was there before.
    rules: sh(
      "nft list ruleset 2>/dev/null | sed 's/packets [0-9]* bytes [0-9]*//'; iptables-save 2>/dev/null | grep -v '^#' | sed 's/\\[[0-9:]*\\]//'",
    ),
    mounts: sh("awk '{ print $1, $2, $3 }' /proc/self/mounts | sort"),
    files: sh(
      `find /etc /usr /opt /var /srv /root/.ssh -xdev \\( ${prune} \\) -prune -o \\( -type d -printf '%p %y %m %u\\n' -o -printf '%p %y %m %u %s\\n' \\) 2>/dev/null | grep -v __pycache__ | sed '/^\\/var\\/lib\\/misc\\//s/ [0-9]*$//' | sort`,
    ),
    settings: sh("cat /proc/sys/net/ipv4/ip_forward; find /sys/fs/cgroup -name 'lxc.*' -o -name 'runbook-*' | sort"),
  };
}

/** The differences of two looks, a line each: `+` what is there now and was not, `-` the reverse. */
export function differences(before: Machine, after: Machine): string[] {
  const lines: string[] = [];
  for (const part of Object.keys(before) as (keyof Machine)[]) {
    const was = new Set(before[part]);
    const is = new Set(after[part]);
    for (const line of is) if (!was.has(line)) lines.push(`+ ${part}: ${line}`);
    for (const line of was) if (!is.has(line)) lines.push(`- ${part}: ${line}`);
  }
  return lines;
}
