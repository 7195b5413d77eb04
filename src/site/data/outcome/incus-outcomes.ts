import type { Outcome } from "./outcome.ts";

/** Of Incus's runbooks. */
export const incusOutcomes: Record<string, Outcome> = {
  "incus-host": {
    has: "Incus, a bridge `incusbr0` that gives instances addresses, DHCP, DNS and NAT, and a directory as pool.",
    deletes:
      "the bridge, the pool, and the packages that this page installed. It refuses while there are instances or images of yours.",
    next: "incus-image",
    fails: { init: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"] },
  },
  "incus-image": {
    has: "A Debian image in Incus's store under the alias `$IMAGE`.",
    deletes: "the image, if it was built here, and the packages that this page installed. Containers made of it stay.",
    next: "incus-new",
  },
  "incus-new": {
    has: "A container `$INSTANCE` that keeps its address, is known by name on the bridge and answers ssh.",
    stop: 'incus stop "$INSTANCE"',
    deletes: "the instance with all that is in it and its snapshots.",
    next: "incus-everyday",
    fails: {
      start: ["fix/lxc-failed-to-mount-cgroup"],
      name: ["topics/name-resolution"],
      update: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"],
      install: ["fix/no-network-since-docker"],
    },
  },
  "incus-everyday": {
    has: "A container `$WEB` with limits, a volume, a second interface and a snapshot, which starts with the host.",
    stop: 'incus stop "$WEB"',
    deletes: "the instance with its snapshot, the volume with what is in it, and the second bridge.",
    next: "incus-backup",
    fails: { start: ["fix/lxc-failed-to-mount-cgroup"] },
  },
  "incus-backup": {
    has: "A backup of `$INSTANCE` in `$BACKUP`, from which the instance was restored once.",
    deletes: "the backup. `$INSTANCE` stays.",
    next: "topics/scheduled-snapshots",
  },
};
