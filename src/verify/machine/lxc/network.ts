import { existsSync, readdirSync, readFileSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { command, tryCommand } from "../command.ts";
import { makeFolder } from "../files/cache-dir.ts";
import { endProcess } from "../process-end.ts";
import { RUN_FOLDER } from "../run-folder.ts";

const forwarding = "/proc/sys/net/ipv4/ip_forward";
/** How long a name server may take to end by itself. */
const graceMs = 5000;
/** There as long as forwarding is on for clean hosts alone: it belongs to all of them, whichever host is the last to go. */
const wasOff = join(RUN_FOLDER, "forwarding-was-off");

/** The network of one clean host: a bridge with NAT and a name server, and nothing of the machine's own. */
export interface HostNetwork {
  bridge: string;
  /** The bridge's own address: the way out and the name server. */
  gateway: string;
  /** The host's, with the length of the network's prefix. */
  address: string;
}

/** What the network of a slot is called and has. */
export function networkOf(slot: number): HostNetwork {
  return { bridge: `rbv${slot}`, gateway: `10.77.${slot}.1`, address: `10.77.${slot}.2/24` };
}

/** What bringing a slot's network down needs. Like the network it is of the machine, wherever the layers are, and gone when that restarts. */
function folderOf(slot: number): string {
  return join(RUN_FOLDER, String(slot));
}

/** Brings a slot's network up. */
export async function networkUp(slot: number): Promise<void> {
  const { bridge, gateway } = networkOf(slot);
  await networkDown(slot);
  const folder = makeFolder(folderOf(slot));
  await command(["ip", "link", "add", bridge, "type", "bridge"]);
  await command(["ip", "address", "add", `${gateway}/24`, "dev", bridge]);
  await command(["ip", "link", "set", bridge, "up"]);
  if (readFileSync(forwarding, "utf8").trim() === "0") {
    writeFileSync(wasOff, "");
    writeFileSync(forwarding, "1");
  }
  await command(["nft", "-f", "-"], { input: rules(slot) });
  await command([
    ...[
      "dnsmasq",
      "--conf-file=/dev/null",
      "--bind-interfaces",
      `--listen-address=${gateway}`,
      "--except-interface=lo",
    ],
    ...["--user=root", `--pid-file=${join(folder, "dnsmasq.pid")}`, "--cache-size=1000", "--no-dhcp-interface=*"],
  ]);
}

/** Takes a slot's network down, even where only a part of it is there. */
export async function networkDown(slot: number): Promise<void> {
  const { bridge, gateway } = networkOf(slot);
  const folder = folderOf(slot);
  await endByPidFile(join(folder, "dnsmasq.pid"), "dnsmasq");
  await endStrays(gateway);
  await tryCommand(["nft", "delete", "table", "ip", table(slot)]);
  if (existsSync(`/sys/class/net/${bridge}`)) await tryCommand(["ip", "link", "delete", bridge]);
  rmSync(folder, { recursive: true, force: true });
  if (!existsSync(wasOff)) return;
  // Another clean host needs it still, or somebody else's bridge does by now.
  const { stdout } = await tryCommand(["ip", "-oneline", "link", "show", "type", "bridge"]);
  if (stdout.trim() !== "") return;
  writeFileSync(forwarding, "0");
  rmSync(wasOff, { force: true });
}

function table(slot: number): string {
  return `runbook_verify_${slot}`;
}

function rules(slot: number): string {
  const { bridge } = networkOf(slot);
  return `table ip ${table(slot)} {
  chain postrouting {
    type nat hook postrouting priority srcnat;
    ip saddr 10.77.${slot}.0/24 oifname != "${bridge}" masquerade
  }
}
`;
}

/** Ends the process that a file names, if it still is that program. */
async function endByPidFile(file: string, program: string): Promise<void> {
  try {
    const pid = Number(readFileSync(file, "utf8").trim());
    if (pid > 1 && readFileSync(`/proc/${pid}/comm`, "utf8").trim() === program) await endProcess(pid, { graceMs });
  } catch {
    // No file, or no such process: the program has ended already.
  }
  rmSync(file, { force: true });
}

/**
 * Ends name servers of the slot's address that no file names any more: one would keep the address from the next host. Those of
 * other network namespaces, such as of a container that makes clean hosts itself, are none of this machine's.
 */
async function endStrays(gateway: string): Promise<void> {
  const own = readlinkSync("/proc/self/ns/net");
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
      if (!words.includes(`--listen-address=${gateway}`) || readlinkSync(`/proc/${pid}/ns/net`) !== own) continue;
      if (words[0]?.endsWith("dnsmasq")) await endProcess(Number(pid), { graceMs });
    } catch {
      // The process has ended meanwhile.
    }
  }
}
