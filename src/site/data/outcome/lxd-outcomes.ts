import type { Outcome } from "./outcome.ts";

/** Of LXD's runbooks. */
export const lxdOutcomes: Record<string, Outcome> = {
  "lxd-host": {
    has: "LXD, a bridge `lxdbr0` that gives instances addresses, DHCP, DNS and NAT, and a directory as pool.",
    deletes:
      "the bridge, the pool, and the packages that this page installed. It refuses while there are instances or images of yours.",
    next: "lxd-image",
    fails: { init: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"] },
  },
  "lxd-image": {
    has: "A Debian image in LXD's store under the alias `$IMAGE`.",
    deletes: "the image, if it was built here, and the packages that this page installed. Containers made of it stay.",
    next: "lxd-new",
  },
  "lxd-new": {
    has: "A container `$INSTANCE` that keeps its address, is known by name on the bridge and answers ssh.",
    stop: 'lxc stop "$INSTANCE"',
    deletes: "the instance with all that is in it and its snapshots.",
    next: "lxd-everyday",
    fails: {
      start: ["fix/lxc-failed-to-mount-cgroup"],
      name: ["topics/name-resolution"],
      update: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"],
      install: ["fix/no-network-since-docker"],
    },
  },
  "lxd-everyday": {
    has: "A container `$WEB` with limits, a volume, a second interface and a snapshot, which starts with the host.",
    stop: 'lxc stop "$WEB"',
    deletes: "the instance with its snapshot, the volume with what is in it, and the second bridge.",
    next: "lxd-backup",
    fails: { start: ["fix/lxc-failed-to-mount-cgroup"] },
  },
  "lxd-backup": {
    has: "A backup of `$INSTANCE` in `$BACKUP`, from which the instance was restored once.",
    deletes: "the backup. `$INSTANCE` stays.",
    next: "topics/scheduled-snapshots",
  },
};
