/** How much a box may do: the highest privilege of the machine, a kernel below that, or none of its own. */
export type Privilege = "highest" | "kernel" | "user";

/** The rows of the grid, top first. */
export const ROWS = ["applications", "guests", "hypervisor or kernel", "hardware"] as const;

/** A row of the grid that all drawings share. */
export type Row = (typeof ROWS)[number];

/** A box in a row; its place is counted in twelfths of the width. */
export interface Box {
  row: Row;
  from: number;
  to: number;
  label: string;
  /** A line or two below the label. */
  notes?: string[];
  /** Absent for hardware. */
  privilege?: Privilege;
  /** What of the machine is its own to give. */
  owns?: string;
}

/** What sets a guest apart, drawn around its applications and what stands below them. */
export interface Frame {
  from: number;
  to: number;
  label: string;
  /** A machine has hardware of its own, real or not; a container shares a kernel; a process is neither. */
  kind: "machine" | "container" | "process";
}

/** The drawing of a system. */
export interface Drawing {
  name: string;
  /** Its kind in three words, for a small drawing. */
  kind: string;
  /** What to see in it. */
  caption: string;
  boxes: Box[];
  frames: Frame[];
}

/** The systems that have a drawing. */
export type SystemId =
  | "docker"
  | "lxc"
  | "lxd"
  | "incus"
  | "qemu"
  | "kvm"
  | "xen"
  | "virtualbox"
  | "vmware"
  | "hyper-v";
