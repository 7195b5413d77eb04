import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fence, ProofPages } from "./support/proof-pages.ts";

// What a restart of the clean host takes away. Each has a host of its own, and waits for it much of the time.
const pages = new ProofPages().use();

test.concurrent("state that is lost at a restart", async () => {
  pages.page(
    "lost",
    fence('sh step="make"', "touch /run/made") +
      fence('sh guard="make"', "test -e /run/made") +
      fence('sh undo="make"', "rm -f /run/made"),
  );
  const run = await pages.verify("lost");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("error[restart]");
  expect(run.stdout).toContain(pages.place("lost", 'step="make"'));
});

test.concurrent("a firewall rule that is lost at a restart, where no proof asks for it", async () => {
  pages.page(
    "transient",
    fence('sh step="make"', "touch /opt/made\nnft add table inet transient") +
      fence('sh guard="make"', "test -e /opt/made") +
      fence('sh undo="make"', "rm /opt/made\nnft delete table inet transient || true"),
  );
  const run = await pages.verify("transient");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("error[restart]");
  expect(run.stdout).toContain("firewall table inet transient");
});

test.concurrent("work that is said to be lost at a restart, and outlives it", async () => {
  const says = '  verify: { transient: "it lies in memory" }\n';
  pages.page(
    "stays",
    fence('sh step="make" keeps="x"', "touch /opt/stays") + fence('sh guard="make"', "test -e /opt/stays"),
    says,
  );
  const run = await pages.verify("stays");
  expect(run.exitCode).toBe(1);
  expect(run.stdout).toContain("error[restart] The page says that a restart takes its work away");
});

test.concurrent("work that a restart takes away, as its page says, is brought back by one more run", async () => {
  const guarded = fence('sh guard="make"', "test -e /run/brought") + fence('sh undo="make"', "rm -f /run/brought");
  pages.page(
    "brought",
    fence('sh step="make"', "touch /run/brought") + guarded,
    '  verify: { transient: "it lies in memory" }\n',
  );
  const run = await pages.verify("brought");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
  expect(JSON.parse(readFileSync(pages.evidence("brought"), "utf8"))).toMatchObject({
    restart: "rerun",
    undo: "passed",
  });
});

test.concurrent("a process number that was kept in a file names no daemon of the next start", async () => {
  const number = "$(systemctl show --property MainPID --value systemd-journald)";
  pages.page(
    "numbers",
    fence('sh step="make"', `touch /run/this-start\necho "${number}" >/opt/number`) +
      fence('sh guard="make"', "test -e /opt/number") +
      fence('sh proof="make"', `[ -e /run/this-start ] || [ "${number}" != "$(cat /opt/number)" ]`) +
      fence('sh undo="make"', "rm -f /opt/number /run/this-start"),
  );
  const run = await pages.verify("numbers");
  expect(run.exitCode, run.stdout + run.stderr).toBe(0);
});
