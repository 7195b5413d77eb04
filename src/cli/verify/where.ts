import { existsSync } from "node:fs";
import { RunbookError } from "../../errors/runbook-error.ts";
import { runbookOrder } from "../../language/meaning/order.ts";
import type { Runbook } from "../../language/model/runbook.ts";
import { kindFor } from "../../verify/machine/choose-kind.ts";
import { isThrowAway } from "../../verify/machine/here/here-host.ts";
import { type Image, imageOf, type MachineKind } from "../../verify/machine/image/images.ts";
import { kvmHere } from "../../verify/machine/qemu/launch.ts";
import { type Context, flagValue } from "../context.ts";

/** Where runbooks are to be proved. */
export interface Where {
  /** The kinds of hosts that are needed. */
  kinds: MachineKind[];
  /** The system of each runbook's host. */
  imageOf: (id: string) => Image;
  /** The hosts reach nothing outside. */
  sealed: boolean;
}

const KINDS: readonly MachineKind[] = ["lxc", "qemu", "here"];

/** What `--on`, `--image` and `--offline` say, and where `--on` says nothing, what each runbook needs. */
export function whereToProve(context: Context, ids: readonly string[], runbooks: ReadonlyMap<string, Runbook>): Where {
  const sealed = context.flags.has("offline");
  const asked = askedKind(context) ?? (sealed ? "qemu" : undefined);
  if (sealed && asked !== "qemu") {
    const message = `--offline seals a virtual machine, and --on ${asked} is none.`;
    throw new RunbookError("contradicting-flags", message, { hint: "Use --on qemu." });
  }
  if (asked === "here" && !isThrowAway(context.io.env) && !context.flags.has("yes")) {
    throw new RunbookError("needs-yes", "A proof changes this machine, which does not say that it is thrown away.", {
      hint: "CI=true in its environment says so, as in jobs of CI systems; --yes does it all the same.",
    });
  }
  const here = {
    kvm: kvmHere(),
    cgroup2: existsSync("/sys/fs/cgroup/cgroup.controllers"),
    qemu: process.arch === "x64",
  };
  const images = new Map(
    ids.map((id) => {
      const needs = runbookOrder(runbooks, id).flatMap((runbook) => runbook.needs);
      return [id, imageOf(flagValue(context, "image"), asked ?? kindFor(needs, here))];
    }),
  );
  return {
    kinds: [...new Set([...images.values()].map(({ kind }) => kind))],
    imageOf: (id) => images.get(id) as Image,
    sealed,
  };
}

function askedKind(context: Context): MachineKind | undefined {
  const word = flagValue(context, "on");
  const kind = KINDS.find((known) => known === word);
  if (kind || word === undefined) return kind;
  throw new RunbookError("unknown-host-kind", `There is no kind of clean host "${word}".`, {
    hint: "There are lxc (a system container), qemu (a virtual machine) and here (this machine).",
  });
}
