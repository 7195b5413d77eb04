import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { echoPage, ordinaryContent, othersInputs, stepPage } from "./inputs.ts";
import { bashFromPython, type Command, compare, median, time, times, watch } from "./measure.ts";
import type { Table } from "./table.ts";

const checkout = join(import.meta.dirname, "../..");
const node: Command = { argv: [process.execPath, "-e", "0"] };

/** The cost of the command line, compared with `node -e 0` and with other tools. The targets are ratios within one run. */
export class RunnerBench {
  readonly #table: Table;
  readonly #work: string;
  readonly #rounds: number;
  readonly #content: string;

  constructor(table: Table, { work, rounds }: { work: string; rounds: number }) {
    this.#table = table;
    this.#work = work;
    this.#rounds = rounds;
    this.#content = join(work, "content");
    mkdirSync(this.#content, { recursive: true });
  }

  #runbook(...args: string[]): Command {
    const env = { RUNBOOK_STATE_DIR: join(this.#work, "state"), XDG_CACHE_HOME: join(this.#work, "cache") };
    return { argv: [join(checkout, "runbook"), ...args], env };
  }

  #exec(id: string): Command {
    return this.#runbook("exec", id, "--content", this.#content, "--yes");
  }

  /** The start of the program, with a check of each page's modification time. */
  list(): void {
    const pages = ordinaryContent(join(this.#work, "sixty"), 60);
    const { list, empty } = compare(this.#rounds * 3, { list: this.#runbook("list", "--content", pages), empty: node });
    this.#table.add(
      "`./runbook list`, 60 pages",
      `${times(list / empty)} \`node -e 0\``,
      "≤ 1.6 ×",
      list / empty <= 1.6,
    );
  }

  /** Steps that each print a line, which the runner compares. */
  steps(): void {
    for (const count of [20, 200])
      writeFileSync(join(this.#content, `echo-${count}.md`), echoPage(`echo-${count}`, count));
    const few = othersInputs(join(this.#work, "few"), 20);
    const many = othersInputs(join(this.#work, "many"), 200);
    const others = (inputs: typeof few) => ({
      bash: { argv: ["bash", inputs.bash] },
      cram: { argv: ["cram3", "--shell=/bin/bash", inputs.cram] },
      clitest: { argv: ["clitest", "--quiet", inputs.clitest] },
      bats: { argv: ["bats", inputs.bats] },
    });
    const at20 = compare(this.#rounds, { empty: node, runbook: this.#exec("echo-20"), ...others(few) });
    const ansible = time({ argv: ["ansible-playbook", few.ansible], env: { ANSIBLE_LOCALHOST_WARNING: "False" } });
    const at200 = compare(Math.ceil(this.#rounds / 2), {
      empty: node,
      runbook: this.#exec("echo-200"),
      ...others(many),
    });
    const { fromNode } = compare(this.#rounds * 5, { fromNode: { argv: ["bash", "-c", "true"] } });
    // Node takes about twice as long as Python to start a process. Python's time is the stricter measure, so it counts.
    const fromPython = bashFromPython(this.#rounds * 5);

    const to = (name: Exclude<keyof typeof at20, "empty" | "runbook">) =>
      `${name} ${times(at20.runbook / at20[name])} (200: ${times(at200.runbook / at200[name])})`;
    const against = [to("bash"), to("cram"), to("clitest"), to("bats"), `ansible ${times(at20.runbook / ansible)}`];
    const ratio20 = at20.runbook / at20.empty;
    const ratio200 = at200.runbook / at200.empty;
    const aStep = (at200.runbook - at20.runbook) / 180;
    this.#table.add("20 steps `echo`, output compared", `${times(ratio20)} \`node -e 0\``, "≤ 4 ×", ratio20 <= 4);
    const faster = at20.runbook < at20.clitest && at20.runbook < ansible;
    this.#table.add("… as a share of the time of", against.join(", "), "below clitest and Ansible, near cram", faster);
    this.#table.add("200 such steps", `${times(ratio200)} \`node -e 0\``, "≤ 13 ×", ratio200 <= 13);
    this.#table.add(
      "… one step more",
      `${times(aStep / fromPython)} \`bash -c true\` started from Python's subprocess (from Node ${times(aStep / fromNode)})`,
      "≤ 0.8 ×",
      aStep <= 0.8 * fromPython,
    );
  }

  /** The same steps on a target, a running container. */
  container(container: string): void {
    for (const count of [20, 200]) {
      const page = echoPage(`inside-${count}`, count, `lxc-attach --name ${container} --`);
      writeFileSync(join(this.#content, `inside-${count}.md`), page);
    }
    const { few, many, attach } = compare(Math.ceil(this.#rounds / 2), {
      few: this.#exec("inside-20"),
      many: this.#exec("inside-200"),
      attach: { argv: ["lxc-attach", "--name", container, "--", "true"] },
    });
    const aStep = (many - few) / 180;
    this.#table.add(
      "a step in a container",
      `${times(aStep / attach)} \`lxc-attach -- true\``,
      "< 1 ×",
      aStep < attach,
    );
  }

  /** A step with a gigabyte of output. */
  async output(): Promise<void> {
    const source = join(this.#work, "gigabyte");
    spawnSync("bash", ["-c", `yes "a line of output, as long as lines are" | head --bytes=1G >"$1"`, "bash", source]);
    writeFileSync(join(this.#content, "large.md"), stepPage("large", `cat "${source}"`));
    writeFileSync(join(this.#content, "idle.md"), stepPage("idle", "sleep 1"));
    // From file to file, `cat` lets the kernel copy. A step's output goes through at least one pipe, so `cat` into a pipe is measured too.
    const { copy, pipe, step } = compare(3, {
      copy: { argv: ["bash", "-c", `rm -f "$1.copy"; cat "$1" >"$1.copy"`, "bash", source] },
      pipe: { argv: ["bash", "-c", `rm -f "$1.copy"; cat "$1" | cat >"$1.copy"`, "bash", source] },
      step: this.#exec("large"),
    });
    const idle = await watch(this.#exec("idle"));
    const large = await watch(this.#exec("large"));
    const more = (large.peak - idle.peak) / 2 ** 20;
    const ratio = step / copy;
    this.#table.add("a step that prints 1 GB", `${times(ratio)} \`cat\` into a file`, "≤ 1.5 ×", ratio <= 1.5);
    this.#table.add(
      "… where that goes through a pipe",
      `${times(step / pipe)} \`cat … \\| cat\` into a file`,
      "≤ 1.5 ×",
      step / pipe <= 1.5,
    );
    this.#table.add("… memory over an idle run", `${more.toFixed(0)} MiB`, "≤ 100 MB", more * 2 ** 20 <= 1e8);
  }

  /** Pages that are in no cache, and the same pages once more. */
  check(): void {
    const pages = ordinaryContent(join(this.#work, "two-hundred"), 200);
    const check = this.#runbook("check", "--content", pages);
    // Pages that were just written are in no cache, whatever the key of the cache is.
    const cold = Array.from({ length: Math.ceil(this.#rounds / 2) }, (_, round) => {
      ordinaryContent(pages, 200, ` in round ${round}`);
      return time(check);
    });
    const { warm, empty } = compare(Math.ceil(this.#rounds / 2), { warm: check, empty: node });
    const first = median(cold);
    const again = `again ${times(warm / empty)} \`node -e 0\``;
    this.#table.add(
      "`check`, 200 pages of 12 fences",
      `${(first / 1000).toFixed(2)} s, ${again}`,
      "≤ 1.5 s",
      first <= 1500,
    );
  }

  /** All pages of this site with an empty page cache. The compile cache of the program is filled. */
  checkSite(): void {
    const pages = join(this.#work, "notes");
    cpSync(join(checkout, "content"), pages, { recursive: true });
    const check = this.#runbook("check", "--content", pages);
    const cold = Array.from({ length: this.#rounds }, () => {
      rmSync(join(this.#work, "cache"), { recursive: true, force: true });
      return time(check);
    });
    const { empty } = compare(this.#rounds, { empty: node });
    const ratio = median(cold) / empty;
    this.#table.add("`check`, all pages of this site, cold", `${times(ratio)} \`node -e 0\``, "≤ 8 ×", ratio <= 8);
  }
}
