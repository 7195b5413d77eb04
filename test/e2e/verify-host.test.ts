import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { execa } from "execa";
import { expect, test } from "vitest";
import { INVENTORY_SHELL } from "../../src/verify/residue/inventory/shell.ts";
import { fence, ProofPages } from "./support/proof-pages.ts";

// What a clean host does, and what it lacks.
const pages = new ProofPages().use();

// Each has a clean host of its own, and waits for it much of the time.
test.concurrent("a run goes on when its clean host is back from a restart, with the state that its shell had", async () => {
  pages.page(
    "restarting",
    fence('sh step="before"', "cd /opt\nname=kept\ntouch /opt/before") +
      fence(
        'sh step="restart" reboot="true" keeps="a restart leaves nothing"',
        "touch before.restart\nsystemctl reboot",
      ) +
      fence('sh step="after"', 'echo "$name in $PWD" | tee /opt/after') +
      fence('text output="after"', "kept in /opt") +
      fence('sh guard="before"', "test -e /opt/before") +
      fence('sh guard="restart"', "test -e /opt/before.restart") +
      fence('sh guard="after"', "test -e /opt/after") +
      fence('sh undo="before"', "rm -f /opt/before /opt/before.restart") +
      fence('sh undo="after"', "rm -f /opt/after"),
  );
  const run = await pages.verify("restarting");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

// This machine forwards as long as it has clean hosts, and a new network begins with what the machine has.
test.concurrent("a clean host forwards nothing until a page switches it on, whatever the machine has set", async () => {
  const settings = ["ip_forward", "conf/all/rp_filter", "conf/eth0/arp_ignore"].map(
    (name) => `/proc/sys/net/ipv4/${name}`,
  );
  pages.page(
    "settings",
    fence('sh step="look" sets="SEEN"', `SEEN=$(cat ${settings.join(" ")})\necho "$SEEN"`) +
      fence('text output="look"', "0\n0\n0"),
  );
  const run = await pages.verify("settings");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

test.concurrent("what a required runbook's service brings when it is first asked is not counted as the runbook's", async () => {
  const units = [
    "Socket]\\nListenStream=127.0.0.1:7070",
    "Service]\\nExecStart=/bin/sh -c 'nft add table inet lazy; exec sleep infinity'",
  ];
  pages.page(
    "lazy",
    fence(
      'sh step="socket"',
      `printf '[${units[0]}\\n[Install]\\nWantedBy=sockets.target\\n' >/etc/systemd/system/lazy.socket
printf "[${units[1]}\\n" >/etc/systemd/system/lazy.service
sed s/7070/7071/ /etc/systemd/system/lazy.socket >/etc/systemd/system/lazier.socket
printf '[Service]\\nExecStart=sleep infinity\\n' >/etc/systemd/system/lazier.service
systemctl enable --now lazy.socket lazier.socket`,
    ) +
      fence(
        'sh guard="socket"',
        "exec 5<>/dev/tcp/127.0.0.1/7070\nuntil nft list table inet lazy >/dev/null 2>&1; do sleep 0.1; done",
      ) +
      fence(
        'sh undo="socket"',
        "systemctl disable --now lazy.socket lazier.socket\nsystemctl stop lazy lazier\nrm /etc/systemd/system/{lazy,lazier}.*\nnft delete table inet lazy || true",
      ),
  );
  pages.page(
    "asks",
    // A socket's service runs from here on, until the restart: it starts when somebody asks.
    fence('sh step="make"', "exec 5<>/dev/tcp/127.0.0.1/7071 5<&-\ntouch /opt/asked") +
      fence('sh guard="make"', "test -e /opt/asked") +
      fence('sh undo="make"', "rm /opt/asked"),
    "  requires: [lazy]\n",
  );
  // Anew, whatever an earlier run of these tests has left on this machine.
  const run = await pages.verify("asks");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

test("the machine's ends of containers' lines count as what they are, whatever their names", async () => {
  const names = ["vethR4nd0m", "vethab12cd3", "veth0fc7e8c1", "veth1001_Ab3d", "uplink0"];
  const { stdout } = await execa("unshare", ["--net", "bash", "-s"], {
    input: `${names.map((name, number) => `ip link add ${name} type veth peer name peer${number}`).join("\n")}
      ${INVENTORY_SHELL}`,
  });
  const interfaces = [...stdout.matchAll(/^network\tinterface (\S+)/gm)].map(([, name]) => name);
  expect(interfaces.filter((name) => name?.startsWith("veth"))).toEqual(["veth", "veth", "veth", "veth"]);
  expect(interfaces).toContain("uplink0");
});

test("what is mounted on access counts as the place that waits for it", async () => {
  const { stdout } = await execa("unshare", ["--mount", "bash", "-s"], {
    input: `folder=$(mktemp --directory)
      mkdir "$folder/lazy"
      mkfifo "$folder/asked"
      exec 7<>"$folder/asked"
      mount -t autofs -o "fd=7,pgrp=$(ps -o pgrp= -p $$ | tr -d ' '),minproto=5,maxproto=5,direct" waits "$folder/lazy"
      mount -t tmpfs asked "$folder/lazy"
      rm "$folder/asked"
      (${INVENTORY_SHELL})
      umount "$folder/lazy" "$folder/lazy"
      rm --recursive "$folder"`,
  });
  const mounts = [...stdout.matchAll(/^mount\t\S*\/lazy\t(\S+)/gm)].map(([, type]) => type);
  expect(mounts).toEqual(["autofs"]);
});

test.concurrent("what a host lacks blocks, and is never green", async () => {
  pages.page("kvm", fence('sh step="look" sets="A"', "A=1"));
  const text = readFileSync(join(pages.root, "kvm.md"), "utf8");
  writeFileSync(join(pages.root, "kvm.md"), text.replace("[root]", "[root, kvm]"));
  // Without `--on` it would be proved in a virtual machine.
  const run = await pages.verify("kvm", "--on", "lxc");
  if (existsSync("/dev/kvm") && /vmx|svm/.test(readFileSync("/proc/cpuinfo", "utf8"))) return;
  expect(run.exitCode).toBe(3);
  expect(run.stdout).toContain("blocked");
});
