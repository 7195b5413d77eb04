import { execFileSync, spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { startBox } from "./box.ts";

/** Whether this machine can be its own far side. */
export const hasSshd = existsSync("/usr/sbin/sshd") && existsSync("/usr/bin/ssh") && process.getuid?.() === 0;

/** A throw-away sshd on loopback. */
export interface Sshd {
  /** A host by this name is in the configuration. */
  name: string;
  config: string;
  /** What the far side's log says. */
  log(): string;
}

/**
 * Starts an sshd with keys of its own, and puts an `ssh` that knows it first on the path. It is the first process of a box
 * in `box`, where that is given: then it goes away and comes back with that.
 */
export async function startSshd(box?: string): Promise<Sshd> {
  const dir = mkdtempSync(join(tmpdir(), "runbook-sshd-"));
  const port = await freePort();
  const name = `far-${port}`;
  for (const key of ["host", "user"])
    execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", join(dir, key)]);
  writeFileSync(join(dir, "known"), `[127.0.0.1]:${port} ${readFileSync(join(dir, "host.pub"), "utf8")}`);
  writeFileSync(
    join(dir, "sshd_config"),
    [
      `Port ${port}`,
      "ListenAddress 127.0.0.1",
      `HostKey ${join(dir, "host")}`,
      `AuthorizedKeysFile ${join(dir, "user.pub")}`,
      `PidFile ${join(dir, "pid")}`,
      "StrictModes no",
      "PermitRootLogin prohibit-password",
      "UsePAM no",
      "",
    ].join("\n"),
  );
  const config = join(dir, "ssh_config");
  writeFileSync(
    config,
    [
      `Host ${name}`,
      "  HostName 127.0.0.1",
      `  Port ${port}`,
      `  User ${userInfo().username}`,
      `  IdentityFile ${join(dir, "user")}`,
      "  IdentitiesOnly yes",
      `  UserKnownHostsFile ${join(dir, "known")}`,
      "",
    ].join("\n"),
  );
  mkdirSync("/run/sshd", { recursive: true });
  const log = join(dir, "log");
  const words = ["/usr/sbin/sshd", "-D", "-f", join(dir, "sshd_config"), "-E", log] as const;
  const [program, ...options] = words;
  const server = box === undefined ? spawn(program, options, { stdio: "ignore" }) : undefined;
  if (box !== undefined) await startBox(box, words);
  mkdirSync(join(dir, "bin"));
  writeFileSync(join(dir, "bin/ssh"), `#!/bin/sh\nexec /usr/bin/ssh -F '${config}' "$@"\n`, { mode: 0o755 });
  const path = process.env["PATH"];
  process.env["PATH"] = `${join(dir, "bin")}:${path}`;
  onTestFinished(() => {
    process.env["PATH"] = path;
    server?.kill();
    rmSync(dir, { recursive: true, force: true });
  });
  while (!existsSync(join(dir, "pid"))) await new Promise((resolve) => setTimeout(resolve, 20));
  return { name, config, log: () => readFileSync(log, "utf8") };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
