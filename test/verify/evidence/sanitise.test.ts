import { expect, test } from "vitest";
import { KnownAddresses } from "../../../src/verify/evidence/known-addresses.ts";
import { capped, sanitise } from "../../../src/verify/evidence/sanitise.ts";

const names = new Map([
  ["mirror.example.net", "deb.debian.org"],
  ["build7", "host"],
  ["build7.corp.example.net", "host"],
  ["anna", "user"],
]);
const addresses = new KnownAddresses(["lxc.net.0.ipv4.address = 10.0.3.7/24", "dhcp 192.168.9.2,192.168.9.9"]);
const machine = { names, addresses };

test.each([
  ["http://mirror.example.net/debian bookworm", "http://deb.debian.org/debian bookworm"],
  // apt names its lists after the mirror.
  ["mirror.example.net_debian_dists_bookworm_InRelease", "deb.debian.org_debian_dists_bookworm_InRelease"],
  ["root@build7:~#", "root@host:~#"],
  ["build7.corp.example.net", "host"],
  ["build71 and my-build7", "build71 and my-build7"],
  ["savannah", "savannah"],
  ["link/ether 00:16:3e:aa:0b:cc brd", "link/ether <mac> brd"],
  ["UUID=123e4567-e89b-12d3-a456-426614174000", "UUID=<uuid>"],
  ["2026-11-28T06:43:54Z start", "<date> start"],
  ["Sat Nov 28 06:43:54 UTC 2026", "<date>"],
  ["ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIGzyWl3kbbkSeyAbCdEfGhIjKlMnOp throw-away", "ssh-ed25519 <key> throw-away"],
  ["Get:9 http://x/y z [239 kB]", "Get http://x/y z [<size>]"],
  ["Fetched 15.8 MB in 4s (4040 kB/s)", "Fetched …"],
  // Addresses that no page names are of the network of the machine that proves.
  ["151.101.2.132    deb.debian.org", "<ip>    deb.debian.org"],
  ["Connecting to 10.11.12.13:80... [172.20.1.5]", "Connecting to <ip>:80... [<ip>]"],
  ["Connected to 2a04:4e42::644 (2001:67c:2564:a119:0:0:0:77)", "Connected to <ip> (<ip>)"],
  ["range 10.11.12.13-10.11.12.99", "range <ip>-10.11.12.99"],
  [
    "10.0.3.2 192.168.9.200 127.0.0.53 192.0.2.1 255.255.255.0",
    "10.0.3.2 192.168.9.200 127.0.0.53 192.0.2.1 255.255.255.0",
  ],
  [
    "foo (1:1.2.3.4-5) bar-2.4.114.1 1.2.3.4+deb12u1 1.3.4.20200120",
    "foo (1:1.2.3.4-5) bar-2.4.114.1 1.2.3.4+deb12u1 1.3.4.20200120",
  ],
  ["00:16:3e::1 12:30:45 2026:11", "00:16:3e::1 12:30:45 2026:11"],
  ["Get:1 http://cdn.nearby.example/debian trixie InRelease", "Get http://deb.debian.org/debian trixie InRelease"],
  ["Err http://a.example:3142/debian-security trixie", "Err http://deb.debian.org/debian-security trixie"],
  ["lxc 1:5.0.2-1+deb12u4 at 10.0.3.1/24", "lxc 1:5.0.2-1+deb12u4 at 10.0.3.1/24"],
])("%s", (text, clean) => {
  expect(sanitise(text, machine)).toBe(clean);
});

test("a name that means something to an expression is only a name", () => {
  expect(sanitise("a+b (c", { names: new Map([["(c", "d"]]), addresses })).toBe("a+b d");
});

test("a long output keeps its head and its tail, and says what is left out", () => {
  const lines = Array.from({ length: 5000 }, (_, number) => `line ${number}`);
  const { output, cut } = capped(lines.join("\n"));
  expect(cut).toBe(true);
  expect(output.length).toBeLessThan(13_000);
  const kept = output.split("\n");
  const gap = kept.findIndex((line) => line.startsWith("… "));
  expect(kept[0]).toBe("line 0");
  expect(kept.at(-1)).toBe("line 4999");
  expect(kept[gap]).toBe(`… ${5000 - kept.length + 1} lines are left out …`);
});

test("what a progress bar wrote over is not kept", () => {
  expect(capped("10%\r20%\r100%\ndone\r\n").output).toBe("100%\ndone\n");
});
