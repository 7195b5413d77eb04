import type { SystemId } from "../drawing/drawing.ts";

/** An answer leads to another question, to a choice, or to a page that says more than one system could. */
export interface Answer {
  says: string;
  leads: { question: string } | { choice: string } | { page: string; title: string };
}

/** The questions, the first one first. */
export const questions: { id: string; asks: string; answers: Answer[] }[] = [
  {
    id: "what",
    asks: "What is to run?",
    answers: [
      { says: "One application, packaged with what it needs, replaced as a whole", leads: { choice: "docker" } },
      { says: "A whole Linux system to log in to, and I trust what runs in it", leads: { question: "fleet" } },
      { says: "Windows, a BSD, a kernel of its own, or something I do not trust", leads: { question: "host" } },
      { says: "A program or system of another processor architecture", leads: { choice: "qemu" } },
    ],
  },
  {
    id: "fleet",
    asks: "How many such systems, and who manages them?",
    answers: [
      { says: "A few, by me, with as little as possible beside the kernel", leads: { choice: "lxc" } },
      { says: "Many, or several hosts, with images, networks and an API", leads: { choice: "incus" } },
      { says: "Many, on Ubuntu, with support from Canonical", leads: { choice: "lxd" } },
      {
        says: "A few, beside virtual machines, on a server of its own with a web interface",
        leads: { page: "topics/proxmox-ve", title: "Proxmox VE: LXC and KVM behind a web interface" },
      },
    ],
  },
  {
    id: "host",
    asks: "What does the machine run today?",
    answers: [
      { says: "Linux, and it is a server", leads: { question: "trust" } },
      {
        says: "Linux, and it is my desktop: I want a window with buttons",
        leads: { page: "topics/linux-desktop", title: "Virtual machines on a Linux desktop" },
      },
      {
        says: "Nothing yet: it gets a system of its own with a web interface",
        leads: { page: "topics/proxmox-ve", title: "Proxmox VE: LXC and KVM behind a web interface" },
      },
      { says: "Windows", leads: { question: "windows" } },
      {
        says: "macOS, on a Mac with Apple silicon",
        leads: { page: "topics/apple-silicon", title: "Virtual machines on Apple silicon" },
      },
      { says: "macOS, on a Mac with an Intel processor", leads: { question: "desktop" } },
      { says: "ESXi, with vCenter, and that is to stay", leads: { choice: "vmware" } },
    ],
  },
  {
    id: "trust",
    asks: "How small must the code with the highest privilege be?",
    answers: [
      { says: "A Linux kernel is good enough", leads: { choice: "kvm" } },
      { says: "As small as can be, with drivers kept apart from it", leads: { choice: "xen" } },
    ],
  },
  {
    id: "windows",
    asks: "Server or desktop?",
    answers: [
      { says: "A server, or a desktop where WSL 2 or memory integrity is on anyway", leads: { choice: "hyper-v" } },
      { says: "A desktop with Hyper-V off", leads: { question: "desktop" } },
    ],
  },
  {
    id: "desktop",
    asks: "Must the program itself be free software?",
    answers: [
      { says: "Yes", leads: { choice: "virtualbox" } },
      { says: "No; 3D graphics in Windows guests matter more", leads: { choice: "vmware" } },
    ],
  },
];

/** Why each choice is one. */
export const reasons: Record<SystemId, string> = {
  docker:
    "You build an image from a file, test it, and replace it as a whole; each application is a container of its own. All containers share the host's kernel, so do not give one to a tenant whom you do not trust.",
  lxc: "A container boots an init of its own, and you keep and update it like a machine. LXC needs no daemon. All containers share the host's kernel.",
  incus:
    "One daemon and API for containers and virtual machines, with images, storage, networks and clusters, under Apache 2.0.",
  lxd: "It is Canonical's product, from which Incus was forked: under AGPL 3.0, with LTS releases and paid support.",
  qemu: "It translates the code of another architecture, of a whole system or of one program. That is slow and does not isolate: run only code that you trust.",
  kvm: "The host's Linux is the hypervisor. Any system of the host's architecture runs at the processor's speed. Most tools for servers are made for KVM.",
  xen: "The hypervisor is small and boots below all kernels. Drivers and device emulation can run in machines of their own.",
  virtualbox:
    "The same program on Windows, Linux and macOS, its base under GPL 3. On Arm hosts it runs Arm guests only.",
  vmware:
    "Workstation and Fusion are free of charge and good at graphics. ESXi is for sites that already have vCenter and its tools.",
  "hyper-v":
    "It is part of Windows. Where Hyper-V is on, it holds VT-x, and other hypervisors run through it, slower or not at all.",
};
