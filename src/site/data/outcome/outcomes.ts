import { dockerOutcomes } from "./docker-outcomes.ts";
import { incusOutcomes } from "./incus-outcomes.ts";
import { kvmOutcomes } from "./kvm-outcomes.ts";
import { lxdOutcomes } from "./lxd-outcomes.ts";
import type { Outcome } from "./outcome.ts";
import { qemuOutcomes } from "./qemu-outcomes.ts";
import { xenOutcomes } from "./xen-outcomes.ts";

/** By the id of the runbook. */
export const outcomes: Record<string, Outcome> = {
  ...dockerOutcomes,
  ...incusOutcomes,
  ...kvmOutcomes,
  ...lxdOutcomes,
  ...qemuOutcomes,
  ...xenOutcomes,
  "lxc-host": {
    has: "LXC, and a bridge `lxcbr0` that gives containers addresses, DHCP, DNS and NAT.",
    deletes: "the bridge, and the packages that this page installed. It refuses while there are containers.",
    next: "lxc-new",
    fails: {
      lxcfs: ["fix/lxc-failed-to-mount-cgroup"],
      bridge: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"],
    },
  },
  "lxc-image": {
    has: "An image of `$DIST` `$RELEASE` where `lxc-create --template download` looks first.",
    deletes: "the image, if it was built here, and the packages that this page installed. Containers made of it stay.",
    next: "lxc-new",
    fails: { interpreter: ["fix/exec-format-error"], image: ["fix/exec-format-error"] },
  },
  "lxc-new": {
    has: "A container `$CONTAINER` that starts with the host, keeps its address and answers ssh.",
    stop: 'lxc-stop --name "$CONTAINER"',
    deletes: "the container with all that is in it.",
    next: "lxc-everyday",
    fails: {
      start: ["fix/lxc-failed-to-mount-cgroup"],
      dhcp: ["fix/lxc-two-addresses", "fix/dhcp-stale-lease"],
      resolver: ["topics/name-resolution"],
      update: ["fix/no-network-since-docker", "fix/guests-no-dhcp-nftables"],
      install: ["fix/no-network-since-docker"],
    },
  },
  "lxc-everyday": {
    has: "A container `$WEB` with limits and a snapshot, which runs and starts with the host.",
    stop: 'lxc-stop --name "$WEB"',
    deletes: "the container with its snapshot. `/srv/$WEB` stays if something else is in it.",
    next: "lxc-backup",
    fails: { start: ["fix/lxc-failed-to-mount-cgroup"] },
  },
  "lxc-unprivileged": {
    has: "Two unprivileged containers: `$SAFE`, which root starts, and `$OWN` of the user `$OWNER`.",
    stop: 'lxc-stop --name "$SAFE"',
    deletes:
      "both containers with all that is in them, and the user `$OWNER` with the home directory, if this page created the user.",
    next: "lxc-share",
    fails: {
      create: ["fix/newuidmap-range-not-allowed"],
      start: ["fix/newuidmap-range-not-allowed", "fix/lxc-failed-to-mount-cgroup"],
      "own-create": ["fix/newuidmap-range-not-allowed"],
      "own-start": ["fix/newuidmap-range-not-allowed", "fix/lxc-failed-to-mount-cgroup"],
    },
  },
  "lxc-docker": {
    has: "Docker in the container `$SAFE`, with one image, and a container of it that has run.",
    stop: 'lxc-stop --name "$SAFE"',
    deletes:
      "Docker's packages in the container, with all images and containers of that Docker. The LXC container stays.",
    next: "docker",
    fails: {
      packages: ["fix/no-network-since-docker"],
      info: ["fix/cannot-connect-to-the-docker-daemon", "fix/docker-cgroup-mountpoint-does-not-exist"],
      run: ["fix/docker-in-lxc-reopen-fd", "topics/docker-in-containers"],
    },
  },
  "docker-to-lxc": {
    has: "A system container `$CONTAINER` with the files of a Docker image, which starts with the host.",
    stop: 'lxc-stop --name "$CONTAINER"',
    deletes: "the container with all that was written in it, and the image that it was made of. The base image stays.",
    next: "lxc-unprivileged",
    fails: { build: ["fix/docker-name-resolution"], start: ["fix/lxc-failed-to-mount-cgroup"] },
  },
  "vm-to-container": {
    has: "An unprivileged container `$CONTAINER` with the files of a machine's disk, without its kernel. It starts with the host.",
    stop: 'lxc-stop --name "$CONTAINER"',
    deletes:
      "the container with all that was written in it, the raw copy of the disk, and the example. A disk of your own stays.",
    next: "lxc-everyday",
    fails: {
      raw: ["fix/qemu-failed-to-get-write-lock"],
      start: ["fix/newuidmap-range-not-allowed", "fix/lxc-failed-to-mount-cgroup"],
    },
  },
  "lxc-arm64": {
    has: "A container `$CONTAINER` of arm64 programs, which starts with the host, and a kernel that starts an emulator for such programs.",
    stop: 'lxc-stop --name "$CONTAINER"',
    deletes: "the container with all that was written in it, and the emulators, for the whole host.",
    next: "lxc-image",
    fails: { files: ["fix/exec-format-error"], start: ["fix/exec-format-error"] },
  },
  "lxc-backup": {
    has: "A backup of `$CONTAINER` in `$BACKUP`, and a container `$RESTORED` made from it, which does not run.",
    deletes: "the backup and the restored container. `$CONTAINER` stays.",
    next: "topics/scheduled-snapshots",
  },
  "lxc-share": {
    has: "`$SHARED` and `$GIVEN` of the host in the container `$SAFE`.",
    stop: 'lxc-stop --name "$SAFE"',
    deletes: "the files that this page made, and each directory that is empty then. It restarts the container.",
    next: "lxc-backup",
    fails: { restart: ["topics/id-maps"], write: ["topics/id-maps"] },
  },
  "lxc-network": {
    has: "Port `$HOST_PORT` of the host leads to port `$PORT` of `$CONTAINER`; the bridge `$BRIDGE` joins containers.",
    stop: 'systemctl stop "lxc-publish-$CONTAINER.service"',
    deletes: "the forwarding, the second interface and the bridge. It restarts the container.",
    next: "lxc-backup",
    fails: { try: ["fix/no-network-since-docker", "topics/networking"] },
  },
  netns: {
    has: "A network namespace `$NAME` with a resolver file of its own.",
    deletes: "the namespace and its resolver file.",
  },
};
