import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Fleet } from "./hosts.ts";

/** How a play ended on one host. */
export interface Recap {
  ok: number;
  changed: number;
  failed: number;
}

/** What a play took: the time by the clock, the processor time of the machine that plays, and the end on each host. */
export interface Played {
  seconds: number;
  processor: number;
  recap: Map<string, Recap>;
  output: string;
}

/** Writes the inventory, with an address for each host, and Ansible's settings. */
export function writeInventory(folder: string, fleet: Fleet): void {
  const hosts = fleet.hosts.map(({ name, address }) => `${name} ansible_host=${address} ADDRESS=${address}`);
  writeFileSync(join(folder, "inventory"), `${hosts.join("\n")}\n`);
  writeFileSync(
    join(folder, "ansible.cfg"),
    `[defaults]
remote_user = root
private_key_file = ${fleet.key}
forks = ${fleet.hosts.length}
interpreter_python = /usr/bin/python3
nocolor = true
[ssh_connection]
pipelining = true
ssh_args = -o ControlMaster=auto -o ControlPersist=60s ${fleet.sshOptions.join(" ")}
`,
  );
}

/** Plays a playbook of a folder. */
export function play(folder: string, book: string, ...args: string[]): Played {
  const words = ["ansible-playbook", "-i", "inventory", book, ...args];
  const { stdout, stderr } = spawnSync("bash", ["-c", 'TIMEFORMAT="%R %U %S"; time "$@" 2>&1', "-", ...words], {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: folder, LANG: "C.UTF-8" },
    stdio: ["ignore", "pipe", "pipe"],
    maxBuffer: 2 ** 28,
  });
  const [seconds = 0, user = 0, system = 0] = (stderr.trim().split("\n").at(-1) ?? "").split(" ").map(Number);
  const recap = new Map<string, Recap>();
  const ends = /^(\S+)\s+: ok=(\d+)\s+changed=(\d+)\s+unreachable=(\d+)\s+failed=(\d+)/gm;
  for (const [, name = "", ok, changed, unreachable, failed] of stdout.matchAll(ends))
    recap.set(name, { ok: Number(ok), changed: Number(changed), failed: Number(failed) + Number(unreachable) });
  return { seconds, processor: user + system, recap, output: stdout };
}
