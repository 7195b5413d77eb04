import { above, below, frame, hardware, ruler } from "./boxes.ts";
import type { Drawing } from "./drawing.ts";

const first: [number, number] = [0, 4];
const second: [number, number] = [4, 8];
const host: [number, number] = [8, 12];

/** Application containers. */
export const docker: Drawing = {
  name: "Docker",
  kind: "application containers",
  caption:
    "One kernel for all. A container has an application and its libraries, and no kernel; the daemon starts it and stands beside it, not below it.",
  frames: [frame(first, "container", "container"), frame(second, "container", "container")],
  boxes: [
    above(first, "one program"),
    above(second, "another one"),
    above(host, "dockerd", ["containerd, runc", "as root"]),
    below(first, "user", "image", ["its libraries"]),
    below(second, "user", "image", ["its libraries"]),
    below(host, "user", "host's system"),
    ruler("the host's Linux kernel", ["namespaces, cgroups, seccomp"], "devices, kernel, memory"),
    hardware("hardware"),
  ],
};

/** System containers without a daemon. */
export const lxc: Drawing = {
  name: "LXC",
  kind: "system containers",
  caption:
    "One kernel for all. A container boots an init of its own and has many programs, as a machine would; what it lacks is a kernel.",
  frames: [frame(first, "container", "container"), frame(second, "container", "container")],
  boxes: [
    above(first, "services", ["logins, cron"]),
    above(second, "services", ["logins, cron"]),
    above(host, "lxc-start …", ["no daemon"]),
    below(first, "user", "its own init", ["Debian"]),
    below(second, "user", "its own init", ["Alpine"]),
    below(host, "user", "host's system"),
    ruler("the host's Linux kernel", ["namespaces, cgroups, id maps"], "devices, kernel, memory"),
    hardware("hardware"),
  ],
};

function withDaemon(name: string, daemon: string, caption: string): Drawing {
  return {
    name,
    kind: "system containers and machines",
    caption,
    frames: [frame(first, "container", "container"), frame(second, "machine", "virtual machine")],
    boxes: [
      above(first, "services", ["logins, cron"]),
      above(second, "services", ["logins, cron"]),
      above(host, daemon, ["REST API", "as root"]),
      below(first, "user", "its own init", ["unprivileged"]),
      below(second, "kernel", "own kernel", ["virtio drivers"], "its kernel"),
      below(host, "user", "host's system", ["a QEMU a machine"]),
      ruler("the host's Linux kernel", ["namespaces, cgroups; KVM for machines"], "devices, kernel, memory"),
      hardware("hardware, for machines with VT-x or AMD-V"),
    ],
  };
}

/** Canonical's. */
export const lxd: Drawing = withDaemon(
  "LXD",
  "lxd",
  "One daemon for both: containers on the host's kernel, and virtual machines, each a QEMU process with a kernel of its own.",
);

/** The community's. */
export const incus: Drawing = withDaemon(
  "Incus",
  "incusd",
  "One daemon for both: containers, of a system or (OCI) of an application, on the host's kernel, and virtual machines with a kernel of their own.",
);
