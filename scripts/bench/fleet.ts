import { spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Fleet, type FleetHost } from "./fleet/hosts.ts";
import { byHand, page } from "./fleet/inputs.ts";
import { type Played, play, writeInventory } from "./fleet/play.ts";
import type { Table } from "./table.ts";

const count = 8;
const target = "not slower than by hand";

/** Plays a runbook on eight systemd containers, as an export and by hand, with one host that fails, and measures both. */
export async function benchFleet(table: Table, launcher: string, folder: string): Promise<void> {
  const fleet = new Fleet(folder, count);
  const [broken] = fleet.hosts.slice(4) as [FleetHost];
  const others = `all:!${broken.name}`;
  mkdirSync(join(folder, "content"), { recursive: true });
  writeFileSync(join(folder, "content/fleet-page.md"), page);
  writeFileSync(join(folder, "hand.yml"), byHand);
  const words = ["export", "fleet-page", "--to", "ansible", "--output", folder, "--content", join(folder, "content")];
  const exported = spawnSync(launcher, words, { encoding: "utf8" });
  if (exported.status !== 0) throw new Error(exported.stderr);
  writeInventory(folder, fleet);
  const made = (host: FleetHost): string =>
    fleet.ask(host, "ls -d /srv/* /etc/systemd/system/hello.service 2>/dev/null || true").trim();
  // After Ctrl-C a command of the play fails, and the hosts are taken away; without a listener the bench would end before that.
  const goOn = (): void => {};
  process.on("SIGINT", goOn);
  try {
    await fleet.start();
    fleet.ask(broken, "touch /srv/hello");

    const check = play(folder, "fleet-page.yml", "--check", "--diff");
    expectEnds(check, fleet.hosts, (one) => one.failed === 0 && one.changed > 0);
    for (const host of fleet.hosts)
      expect(made(host) === (host === broken ? "/srv/hello" : ""), `--check on ${host.name}`);

    const first = play(folder, "fleet-page.yml", "-e", "runbook_serial=3");
    expectEnds(first, fleet.hosts, (one, host) => one.failed > 0 === (host === broken));
    const well = fleet.hosts.filter((host) => host !== broken);
    for (const host of well) fleet.ask(host, `grep --quiet 'hello from ${host.address}' /srv/hello/index.html`);
    const unchanged = (played: Played, hosts: readonly FleetHost[]): void =>
      expectEnds(played, hosts, ({ changed, failed }) => changed + failed === 0);

    const second = play(folder, "fleet-page.yml", "--limit", others);
    const secondByHand = play(folder, "hand.yml", "--limit", others);
    const alone = play(folder, "fleet-page.yml", "--limit", "fleet1");
    const aloneByHand = play(folder, "hand.yml", "--limit", "fleet1");
    for (const played of [second, secondByHand]) unchanged(played, well);
    for (const played of [alone, aloneByHand]) unchanged(played, well.slice(0, 1));

    fleet.ask(broken, "rm /srv/hello");
    expectEnds(play(folder, "fleet-page.yml", "--limit", broken.name), [broken], ({ failed }) => failed === 0);

    const undo = play(folder, "fleet-page-undo.yml");
    expectEnds(undo, fleet.hosts, ({ failed }) => failed === 0);
    for (const host of fleet.hosts) expect(made(host) === "", `${host.name} after the undo: ${made(host)}`);
    const firstByHand = play(folder, "hand.yml", "-e", "serial=3");
    expectEnds(firstByHand, fleet.hosts, ({ failed }) => failed === 0);

    table.add(`\`--check --diff\` on ${count} hosts`, textOf(check), "nothing changes", true);
    add(table, `a first play on ${count} hosts, three at a time, one host fails`, first, firstByHand);
    add(table, "a second play on one host", alone, aloneByHand);
    add(table, `a second play on ${count - 1} hosts`, second, secondByHand);
    table.add(`the way back on ${count} hosts`, textOf(undo), "nothing is left", true);
  } finally {
    fleet.stop();
    process.off("SIGINT", goOn);
  }
}

function add(table: Table, what: string, played: Played, hand: Played): void {
  table.add(what, `${textOf(played)}; by hand ${textOf(hand)}`, target, played.processor <= hand.processor);
}

function textOf({ processor, seconds }: Played): string {
  return `${processor.toFixed(1)} s of processor time, ${seconds.toFixed(0)} s`;
}

function expectEnds(
  { recap, output }: Played,
  hosts: readonly FleetHost[],
  holds: (one: { ok: number; changed: number; failed: number }, host: FleetHost) => boolean,
): void {
  for (const host of hosts) {
    const one = recap.get(host.name);
    expect(one !== undefined && holds(one, host), `${host.name}: ${JSON.stringify(one)}\n${output}`);
  }
}

function expect(holds: boolean, message: string): void {
  if (!holds) throw new Error(message);
}
