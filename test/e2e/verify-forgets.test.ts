import { execa } from "execa";
import { expect, test } from "vitest";
import { INVENTORY_SHELL } from "../../src/verify/residue/inventory/shell.ts";
import { fence, ProofPages } from "./support/proof-pages.ts";

// What an undo can forget beside files. A report shows twenty things of a host, so each page forgets fewer.
const pages = new ProofPages().use();
const transient = '  verify: { transient: "it lies in memory" }\n';

test.concurrent.each([
  [
    "records",
    "/opt/made",
    "",
    [
      ["apt-mark hold coreutils", "package coreutils:amd64 (changed)"],
      ["dpkg --add-architecture i386", "setting foreign architecture i386 (added)"],
      [
        "dpkg-divert --local --no-rename --add /usr/bin/yes",
        "setting dpkg: local diversion of /usr/bin/yes to /usr/bin/yes.distrib (added)",
      ],
      [
        "dpkg-statoverride --add root root 0755 /usr/bin/tac",
        "setting dpkg: permissions set by hand: root root 755 /usr/bin/tac (added)",
      ],
      ["passwd --delete daemon", "user password of daemon (added)"],
      ["chmod 0644 /etc/shadow", "user permissions of /etc/shadow (changed)"],
      ["chage --maxdays 30 bin", "user ages of the password of bin (added)"],
      ["setcap cap_net_raw+ep /usr/bin/cat", "file /usr/bin/cat (changed)"],
      ["mkdir /var/lib/privatekeys", "file /var/lib/privatekeys (added)"],
    ],
  ],
  [
    "memory",
    "/run/made",
    transient,
    [
      ["echo nameserver 192.0.2.1 >>/etc/resolv.conf", "setting name servers (changed)"],
      ["hostname liar", "setting host name (changed)"],
      ["echo 2 >/proc/sys/net/ipv4/conf/eth0/rp_filter", "setting net/ipv4/conf/eth0/rp_filter (changed)"],
      ["echo 2 >/proc/sys/net/ipv4/tcp_syncookies", "setting net/ipv4/tcp_syncookies (changed)"],
      ["mount -o remount,noexec /dev/shm", "mount /dev/shm (changed)"],
      ["setsid sleep 4567 >/dev/null 2>&1 </dev/null &", "unit no unit: process sleep (added)"],
      ["setsid systemd-run --scope --unit=held sleep 4567 >/dev/null 2>&1 </dev/null &", "unit held.scope (added)"],
      [
        "mkdir --parents /run/systemd/system/cron.service.d\necho '[Service]' >/run/systemd/system/cron.service.d/r.conf",
        "unit file /run/systemd/system/cron.service.d/r.conf (added)",
      ],
    ],
  ],
  [
    "network",
    "/run/made",
    transient,
    [
      ["ip link set eth0 mtu 1400", "network interface eth0 (changed)"],
      [
        "ip route add 192.0.2.0/24 dev eth0 table 100",
        "network route 192.0.2.0/24 dev eth0 table 100 scope link (added)",
      ],
      [
        "ip neighbour add 192.0.2.9 lladdr 02:00:00:00:00:01 dev eth0 nud permanent",
        "network neighbour 192.0.2.9 dev eth0 lladdr <mac> PERMANENT (added)",
      ],
      ["ip neighbour add proxy 192.0.2.10 dev eth0", "network neighbour 192.0.2.10 dev eth0 proxy (added)"],
      [
        "ip xfrm policy add src 192.0.2.0/25 dst 192.0.2.128/25 dir out action block",
        "network xfrm policy src 192.0.2.0/25 dst 192.0.2.128/25 (added)",
      ],
      ["tc qdisc add dev eth0 root tbf rate 100mbit burst 320kbit latency 400ms", "network queue tbf of eth0 (added)"],
    ],
  ],
])("an undo that forgets what lies in %s", async (id, made, head, lies) => {
  const [works, left] = [lies.map(([work]) => work), lies.map(([, thing]) => thing)];
  pages.page(
    id,
    fence('sh step="make"', [`touch ${made}`, ...works].join("\n")) +
      fence('sh guard="make"', `test -e ${made}`) +
      fence('sh undo="make"', `rm -f ${made}`),
    head,
  );
  const run = await pages.verify(id);
  expect(run.exitCode, run.stdout).toBe(1);
  expect(run.stdout).toContain("error[undo]");
  for (const thing of left) expect(run.stdout).toContain(thing);
});

test.concurrent("the machine's clock is not the clean host's to set", async () => {
  // CAP_SYS_TIME. To set the clock would tell more, and would be felt by the whole machine.
  const bounds = "$((0x$(sed -n 's/^CapBnd:[[:space:]]*//p' /proc/self/status) >> 25 & 1))";
  pages.page(
    "clock",
    fence('sh step="look" sets="MAY"', `MAY=${bounds}\necho "$MAY"`) + fence('text output="look"', "0"),
  );
  const run = await pages.verify("clock");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});

test("a policy of iptables-legacy that drops counts, and one that accepts does not", async () => {
  const { stdout } = await execa("unshare", ["--net", "bash", "-s"], {
    input: `iptables-legacy-save() { printf '*filter\\n:INPUT ACCEPT [1:2]\\n:FORWARD DROP [3:4]\\n:OWN - [0:0]\\n-A INPUT -j OWN\\n'; }
      ${INVENTORY_SHELL}`,
  });
  const rules = [...stdout.matchAll(/^firewall\t(iptables-legacy-save: .*)\t/gm)].map(([, rule]) => rule);
  expect(rules).toEqual(["iptables-legacy-save: -P FORWARD DROP", "iptables-legacy-save: -A INPUT -j OWN"]);
});
