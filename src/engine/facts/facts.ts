import { RunbookError } from "../../errors/runbook-error.ts";
import { probe } from "./probe.ts";

export { missingNeeds } from "./needs.ts";

/** Runs shell on a host, and gives what it printed; stderr where nobody else shows that. */
export type RunOnHost = (command: string) => Promise<{ exitCode: number; stdout: string; stderr?: string }>;

/** What a host offers. A field is absent where the host did not answer, unless the field says otherwise. */
export interface HostFacts {
  user: string;
  root: boolean;
  /** Such as `Debian GNU/Linux 12 (bookworm)`. */
  os?: string;
  kernel?: string;
  /** As `uname -m` says it. */
  machine?: string;
  /** What runs as PID 1. */
  init?: string;
  /** What `systemctl is-system-running` says; absent where systemd is not PID 1. */
  systemd?: string;
  /** What `systemd-detect-virt` says. */
  virtualization?: string;
  cgroup?: 1 | 2;
  kvm: {
    /** The processor can run guests. Only x86 has a flag for this; on other architectures /dev/kvm shows it. */
    cpu: boolean;
    device: "absent" | "present" | "opens";
    /** Guests can run guests. */
    nested: boolean;
  };
  /** GRUB starts the host, and `update-grub` writes its menu. */
  bootloader: boolean;
  /** LXC's version; absent where it is not installed. */
  lxc?: string;
  /** The address of lxcbr0, empty without one; absent where there is no such bridge. */
  bridge?: string;
  /** Architectures whose programs QEMU runs here. */
  binfmt: string[];
  /** Bytes free in /var/lib. */
  diskFree?: number;
  /** Bytes. */
  memory?: number;
  memoryFree?: number;
  /** What the host can reach, where that was asked for. */
  network?: {
    /** deb.debian.org */
    mirror: boolean;
    /** images.linuxcontainers.org */
    imageServer: boolean;
    /** A proxy is set: neither server needs to be reached directly. */
    proxy: boolean;
  };
}

/** Finds out what a host offers, in one round trip; with `network` in up to three seconds more. */
export async function hostFacts(run: RunOnHost, options: { network?: boolean } = {}): Promise<HostFacts> {
  const { stdout, stderr = "" } = await run(probe({ network: options.network ?? false }));
  const said = new Map<string, string[]>();
  for (const line of stdout.split("\n")) {
    const [, name, value] = /^([a-z-]+)=(.*)$/.exec(line) ?? [];
    if (name !== undefined && value) said.set(name, [...(said.get(name) ?? []), value]);
  }
  if (!said.has("end")) {
    const said = stderr.trim().split("\n").at(-1);
    const message = `The host's shell did not say what the host offers${said ? `: ${said}` : "."}`;
    throw new RunbookError("host-unusable", message, {
      hint: "Look at what its shell prints and where it stops: `sh -c 'id; uname -a'`.",
    });
  }
  return toFacts((name) => said.get(name)?.at(-1), said.get("binfmt") ?? []);
}

function toFacts(of: (name: string) => string | undefined, binfmt: string[]): HostFacts {
  const device = of("kvm-device");
  return {
    user: of("user") ?? of("uid") ?? "",
    root: of("uid") === "0",
    ...present({
      os: of("os"),
      kernel: of("kernel"),
      machine: of("machine"),
      init: of("init"),
      systemd: of("systemd"),
      virtualization: of("virtualization"),
      cgroup: ({ 1: 1, 2: 2 } as const)[of("cgroup") ?? ""],
      lxc: of("lxc"),
      bridge: of("bridge"),
      diskFree: kibibytes(of("disk")),
      memory: kibibytes(of("memory")),
      memoryFree: kibibytes(of("memory-free")),
    }),
    kvm: {
      cpu: of("kvm-cpu") === "yes" || (device !== undefined && !/^(x86_64|i.86)$/.test(of("machine") ?? "")),
      device: device === "opens" || device === "present" ? device : "absent",
      nested: /^[Y1]/.test(of("nested") ?? ""),
    },
    bootloader: of("bootloader") === "grub",
    binfmt,
    ...(of("mirror") !== undefined && {
      network: {
        mirror: of("mirror") === "yes",
        imageServer: of("image-server") === "yes",
        proxy: of("proxy") === "yes",
      },
    }),
  };
}

function kibibytes(text: string | undefined): number | undefined {
  return text === undefined ? undefined : Number(text) * 1024;
}

/** An object without the keys whose values are undefined. */
function present<T extends object>(object: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}
