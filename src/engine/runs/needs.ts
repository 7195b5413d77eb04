import type { Need } from "../../language/runbook.ts";
import { RunbookError } from "../errors.ts";
import type { Plan } from "../plan.ts";
import { targetKey } from "../targets/targets.ts";
import type { Session } from "./session.ts";

/** How a host is asked for each need: exit 0 where it is there. Nothing is changed. */
const questions: Record<Need, string> = {
  root: '[ "$(id -u)" = 0 ]',
  systemd: "[ -d /run/systemd/system ]",
  kvm: "grep -qE '^flags.*[[:space:]](vmx|svm)([[:space:]]|$)' /proc/cpuinfo && { : <>/dev/kvm; } 2>/dev/null",
  cgroup2: "[ -e /sys/fs/cgroup/cgroup.controllers ]",
  internet:
    "timeout 5 sh -c 'getent hosts deb.debian.org >/dev/null' && timeout 5 bash -c ': >/dev/tcp/deb.debian.org/80' 2>/dev/null",
};

const words: Record<Need, string> = {
  root: "root",
  systemd: "systemd as PID 1",
  kvm: "hardware virtualization (vmx or svm in the CPU's flags, and a /dev/kvm that opens)",
  cgroup2: "cgroup v2 alone",
  internet: "a way to the internet",
};

/** Throws `blocked` where the host lacks what a runbook of the plan needs and no runbook can supply. */
export async function refuseNeeds(session: Session, plan: Plan): Promise<void> {
  const needs = [...new Set(plan.runbooks.flatMap((runbook) => runbook.needs))];
  if (needs.length === 0) return;
  const text = needs.map((need) => `if ! { ${questions[need]}; }; then echo ${need}; fi`).join("\n");
  const shell = await session.targets.shell(targetKey("host", []));
  let printed = "";
  await shell.text(
    {
      text,
      page: 0,
      line: 2,
      copy: true,
      pipefail: false,
      sets: [],
      keep: false,
      exports: new Map(),
      mark: `${session.id}-0.0`,
    },
    (stream, bytes) => {
      if (stream === "stdout") printed += bytes.toString("utf8");
    },
  );
  const missing = printed.split("\n").filter((line): line is Need => Object.hasOwn(words, line));
  if (missing.length === 0) return;
  const what = missing.map((need) => words[need]).join(", ");
  throw new RunbookError("blocked", `${plan.runbook.id} needs ${what}, which ${session.host.name} lacks.`, {
    exitCode: 3,
    hint: missing.includes("root") ? "Run it as root." : "`runbook doctor` says more.",
  });
}
