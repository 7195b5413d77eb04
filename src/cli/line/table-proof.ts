import type { Command } from "./command.ts";
import { JSON_FLAG, REPORT_FLAG } from "./flags.ts";

/** Commands that prove runbooks, and tell of proofs. */
export const PROOF_COMMANDS: readonly Command[] = [
  {
    name: "verify",
    usage: "[ID…]",
    summary: "Prove runbooks on clean hosts",
    details: [
      "Makes a clean Debian host, a system container or a virtual machine, and on it runs each runbook, asks its proofs, runs it again, restarts the host, undoes it, and compares the host with what it was. Writes evidence beside the page of what passes. Without an ID it proves all.",
      "It needs root, and installs what it needs where that is missing: btrfs-progs and mmdebstrap, for containers LXC, dnsmasq and nftables, for virtual machines QEMU. The machine's own containers, bridges and firewall rules stay as they are. Systems and end states of required runbooks are kept in /var/cache/runbook/verify, or in RUNBOOK_VERIFY_DIR.",
      "A runbook that the clean host cannot run is blocked: 3 is the exit code where all are, with `--strict` where any is.",
    ],
    operand: "runbook",
    words: [0, Number.POSITIVE_INFINITY],
    values: false,
    flags: [
      {
        name: "on",
        value: "KIND",
        choices: ["lxc", "qemu", "here"],
        about: "What the host is: lxc, a system container (by default), or qemu, a virtual machine",
      },
      { name: "offline", about: "The host is a virtual machine without a network; for pages of strangers" },
      {
        name: "yes",
        about: "With --on here: prove even where nothing says that this machine is thrown away afterwards",
      },
      {
        name: "image",
        value: "SYSTEM",
        choices: ["debian-12", "debian-13"],
        about: "The host's system: debian-12 (by default) or debian-13",
      },
      {
        name: "changed",
        value: "REF",
        optional: true,
        about:
          "Only runbooks whose meaning changed since a commit (by default HEAD), and those that require one of these",
      },
      {
        name: "shard",
        value: "K/N",
        about: "Prove only share K of N; the shares take about as long, by the times of the last proofs",
      },
      { name: "jobs", value: "N", about: "Prove N runbooks at once, each on a host of its own" },
      {
        name: "update",
        about: "Write the steps' output into the page's output fences and sessions, where it differs",
      },
      { name: "refresh", about: "Make the system's image anew where its packages have newer versions" },
      { name: "fresh", about: "Prove again even runbooks that have not changed since their proof on this machine" },
      { name: "shell", about: "Where a proof fails, open a shell on its host; at a step that failed, with its state" },
      {
        name: "why",
        about: "Where a proof fails, say which packages changed since it last held, and prove with each held back",
      },
      { name: "keep", about: "Where a proof fails, leave its host running, and print the command that enters it" },
      REPORT_FLAG,
      { name: "strict", about: "Fail where a runbook is blocked, or where a guard skipped a step in the first run" },
    ],
    examples: [
      { line: "./runbook verify lxc-new", about: "prove one runbook, on the end state of what it requires" },
      { line: "./runbook verify --image debian-13", about: "prove all on Debian 13" },
    ],
  },
  {
    name: "coverage",
    usage: "",
    summary: "Show how much of the pages' shell is proved",
    details: [
      "Prints for each page how many lines of shell it shows, how many of them are proved as they stand now and on which platforms, and every fence that never runs with its reason. Executes nothing.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [{ name: "badge", value: "FILE", about: "Write the share as a badge, an SVG picture" }, JSON_FLAG],
    examples: [{ line: "./runbook coverage --badge coverage.svg", about: "prints the table, and writes a badge" }],
  },
  {
    name: "cache",
    usage: "",
    summary: "List or drop the layers that verify keeps",
    details: [
      "Prints each layer (a system made from packages, or the end state of a runbook), why a stale one is stale, and the room that all take. `--prune` drops stale layers, and takes hosts away that `verify --keep` left. Where all layers take more than 1.5 GiB, `verify` drops at its end those that are stale and that no proof took for a day.",
    ],
    operand: "none",
    words: [0, 0],
    values: false,
    flags: [
      { name: "prune", about: "Drop stale layers, and hosts that --keep left" },
      { name: "days", value: "N", about: "With --prune: also drop layers older than N days" },
      { name: "size", value: "MIB", about: "With --prune: drop the youngest layers until all take no more than this" },
      JSON_FLAG,
    ],
    examples: [
      { line: "./runbook cache --prune --days 30", about: "drops layers that are stale, or older than a month" },
    ],
  },
];
