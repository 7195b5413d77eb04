/** Files that change on any host that only runs, or that record what was done rather than do anything, with why. */
const VOLATILE: readonly (readonly [path: RegExp, why: string])[] = [
  [/^\/(proc|sys|dev|run)(\/|$)/, "the kernel's own, or gone at the next boot; what counts there is in the inventory"],
  [/^\/var\/log\//, "logs"],
  [
    /^\/var\/lib\/systemd\/(random-seed|timers\/|timesync\/|catalog\/|linger$|pstore|deb-systemd-(helper|user-helper)-enabled\/)/,
    "systemd's own records",
  ],
  [/^\/var\/lib\/systemd\/(deb-systemd-.*|rfkill|coredump|backlight)/, "systemd's own records"],
  [/^\/var\/(tmp|lib)\/(systemd-private-|private(\/|$))/, "folders of running services"],
  [/^\/tmp\/(systemd-private-|\.(X11|ICE|font|XIM|Test)-unix)/, "folders of running services"],
  [
    /^\/var\/lib\/dpkg\/(status(-old)?|available(-old)?|lock.*|triggers\/|diversions(-old)?|statoverride(-old)?|updates\/|info\/format|alternatives\/|cmethopt|arch.*)/,
    "dpkg's own records; packages are in the inventory",
  ],
  [/^\/var\/lib\/apt\/(extended_states|periodic|daily_lock|mirrors|listchanges)/, "apt's own records"],
  [/^\/var\/lib\/(apt\/lists\/(lock|partial)|dpkg\/lock)/, "locks"],
  [/^\/var\/lib\/apt\/lists\/auxfiles$/, "a folder that apt makes beside that of what it has got in part"],
  [/^\/var\/cache\/(apt\/|debconf\/|ldconfig\/|man\/|fontconfig\/|private)/, "caches that packages' scripts write"],
  [
    /^\/var\/cache\/lxc\/apparmor(\/|$)/,
    "profiles that AppArmor compiled for LXC, and compiles again where they are missing",
  ],
  [/^\/var\/lib\/(ucf|pam|aspell|ispell|dictionaries-common|shells\.state)(\/|$)/, "records of packages' scripts"],
  [/^\/etc\/(ld\.so\.cache|mtab|\.pwd\.lock|resolv\.conf|adjtime)$/, "made anew by the system"],
  [/^\/etc\/(passwd|group|shadow|gshadow|subuid|subgid)-$/, "the copy before the last change"],
  [/^\/etc\/(passwd|group|shadow|gshadow)$/, "users and groups are in the inventory"],
  [/^\/usr\/(share\/(mime|icons|info\/dir)|lib\/.*\/gdk-pixbuf)/, "indexes that packages' triggers write"],
  [
    /^\/var\/lib\/docker\/(buildkit(\/|$)|network\/files\/local-kv\.db$|volumes\/metadata\.db$|image\/[^/]+\/(repositories\.json|distribution|layerdb\/(mounts|sha256|tmp))$)/,
    "Docker's own records; each container, image and volume has files of its own, and its networks are in the inventory",
  ],
  [
    /^\/var\/lib\/docker\/tmp\/moby-detect-rro\d+$/,
    "empty folders in which Docker's daemon tried how it can mount read-only, one at a start, which it forgets",
  ],
  [
    /^\/var\/lib\/containerd\/io\.containerd\.(metadata[^/]*\/meta\.db$|runtime[^/]*\/[^/]+$)/,
    "containerd's own records, and a folder for each of its users",
  ],
  [
    /^\/tmp\/(runc-process\d+|pty\d+)(\/|$)/,
    "what containerd hands to runc while a command enters a container: a health check does that every few seconds",
  ],
  [
    /^\/var\/lib\/(lxd|incus)\/(database\/(global\/|local\.db)|networks\/[^/]+\/dnsmasq\.(pid|leases|raw)$)/,
    "LXD's and Incus's own records; each image, instance, network and pool has files of its own",
  ],
  [/\/__pycache__(\/|$)/, "compiled Python"],
  [/^\/root\/\.(bash_history$|wget-hsts$|cache(\/|$))/, "what a shell's own programs keep"],
  [/^\/etc\/(rc[0-6S]\.d|systemd\/system\/[^/]*\.wants)$/, "folders that stay when their last entry goes"],
];

/** Files whose content changes by itself, though their coming and going counts, with why. */
const RECORDS: readonly (readonly [path: RegExp, why: string])[] = [
  [
    /^\/var\/lib\/(misc|libvirt\/dnsmasq|dhcp)\/[^/]*\.(leases|status)$/,
    "addresses that a DHCP server lent for a while",
  ],
  [
    /^\/var\/cache\/libvirt\/qemu\/capabilities\/[^/]+\.xml$/,
    "what libvirt found out about a QEMU, and asks it again now and then",
  ],
];

/** Where the systems of containers lie: in each of them the same files are volatile. */
const INNER_ROOT = /^.*\/(?:rootfs|machines\/[^/]+)(?=\/)/;

/** Whether a file's content says nothing about what a runbook left. */
export function isRecord(path: string): boolean {
  return has(RECORDS, path);
}

/** Whether a file that changed says nothing about what a runbook left. */
export function isVolatile(path: string): boolean {
  return has(VOLATILE, path);
}

function has(table: typeof VOLATILE, path: string): boolean {
  const inner = path.replace(INNER_ROOT, "");
  return table.some(([pattern]) => pattern.test(path) || pattern.test(inner));
}
