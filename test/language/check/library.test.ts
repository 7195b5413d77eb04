import { describe, expect, test } from "vitest";
import { checkLibrary, type Page, type Runbook, readPage, runbookOrder } from "../../../src/language/index.ts";

function page(id: string, requires: string[] = [], rest = "", body = ""): Promise<Page> {
  const text = `---\nrunbook:\n  id: ${id}\n  requires: [${requires.join(", ")}]\n${rest}---\n\n${body}`;
  return readPage(text, { file: `${id}.md` });
}

async function findings(...pages: Promise<Page>[]): Promise<string[]> {
  const found = checkLibrary(await Promise.all(pages));
  return found.map(({ file, span, code, message, hint }) => `${file}:${span.start.line} ${code} ${message} | ${hint}`);
}

function step(id: string, text: string): string {
  return `\`\`\`sh step="${id}" keeps="x"\n${text}\n\`\`\`\n\n\`\`\`sh proof="${id}"\ntrue\n\`\`\`\n`;
}

describe("between pages", () => {
  test("two runbooks have one id", async () => {
    const twin = readPage("---\nrunbook: { id: host }\n---\n", { file: "twin.md" });
    expect(await findings(page("host"), twin)).toEqual([
      'twin.md:2 duplicate-runbook The runbook "host" is in host.md already. | Give each runbook an id of its own.',
    ]);
  });

  test("what is required is nowhere", async () => {
    expect(await findings(page("lxc-host"), page("new", ["lxc-hots", "moon"]))).toEqual([
      'new.md:4 dangling-require No page has the runbook "lxc-hots". | Did you mean "lxc-host"?',
      'new.md:4 dangling-require No page has the runbook "moon". | Write the id of a page\'s runbook.',
    ]);
  });

  test("runbooks require each other", async () => {
    expect(await findings(page("a", ["b"]), page("b", ["c"]), page("c", ["a"]), page("d", ["a"]))).toEqual([
      "a.md:4 cycle a requires b requires c requires a: none of them can run first. | Take one of these out of its page's `requires`.",
      "b.md:4 cycle b requires c requires a requires b: none of them can run first. | Take one of these out of its page's `requires`.",
      "c.md:4 cycle c requires a requires b requires c: none of them can run first. | Take one of these out of its page's `requires`.",
    ]);
    expect((await findings(page("a", ["a"])))[0]).toContain("a.md:4 cycle a requires a");
  });

  test("a name that runs together is declared twice", async () => {
    const host = '  params: { ARCH: { default: amd64, enum: [amd64] } }\n  targets: { box: "env a" }\n';
    const equal =
      '  params: { ARCH: { description: x, enum: [amd64], default: amd64 } }\n  targets: { box: "env a" }\n';
    const other = '  params: { ARCH: { default: arm64, list: true } }\n  targets: { box: "env b" }\n';
    expect(await findings(page("host", [], host), page("new", ["host"], equal), page("alone", [], other))).toEqual([]);
    expect(await findings(page("host", [], host), page("new", ["host"], other))).toEqual([
      'new.md:5 unequal-declaration ARCH has another default in "host" (host.md:5), and a name has one value in a run. | Make default, enum, list equal, or take another name.',
      'new.md:6 unequal-declaration The target box has another command in "host" (host.md:6), and a target has one shell in a run. | Make the commands equal, or take another name.',
    ]);
  });

  test("a variable of a required runbook is known", async () => {
    const host = page("host", [], "  params: { BRIDGE: { default: br0 } }\n", step("up", "LEFT=1"));
    const sets = `\`\`\`sh step="read" sets="IP"\nIP=1\n\`\`\`\n`;
    const uses = page("new", ["host"], "", sets + step("use", 'echo "$BRIDGE" "$IP" "$LEFT" "$NOTHING"'));
    expect(await findings(host, uses)).toEqual([
      'new.md:11 not-copied BRIDGE comes from "host": what is copied from this page lacks it. | Declare BRIDGE under `params:` here too, as it is there.',
      'new.md:11 guarded-sets LEFT is set by the step "up", which may be skipped. | Work it out here, or in a step of its own with `sets="LEFT"`.',
      "new.md:11 unset-variable Nothing sets NOTHING. | Declare it under `params:`, or set it in an earlier step.",
    ]);
  });
});

describe("a value of a required runbook that a page uses", () => {
  const params = "  params: { BRIDGE: { default: br0 } }\n";
  const box = (command: string): string => `  targets: { box: '${command}' }\n`;
  const sets = `\`\`\`sh step="read" sets="IP"\nIP=1\n\`\`\`\n`;
  const host = page("host", [], params, sets);
  const file = `\`\`\`text step="make" file="/srv/$BRIDGE"\n$IP\n\`\`\`\n`;

  test.each([
    ["in a step", step("use", 'ip link show "$BRIDGE"'), "BRIDGE"],
    ["that a step handed on", step("use", 'ping -c 1 "$IP"'), "IP"],
    ["in a guard", `${step("use", "true")}\`\`\`sh guard="use"\n[ -n "$IP" ]\n\`\`\`\n`, "IP"],
    ["in a file's path and text", file, "BRIDGE IP"],
    ["in a target's command", step("use", "true"), "BRIDGE", box("nsenter --net=/run/netns/$BRIDGE")],
  ])("%s is not in what is copied", async (_, fences, names, head = "") => {
    const found = await findings(host, page("new", ["host"], head, fences));
    const lacking = found.filter((one) => one.includes("not-copied"));
    expect(lacking.map((one) => /not-copied (\w+)/.exec(one)?.[1]).join(" ")).toBe(names);
  });

  test.each([
    ["declared here too", params, step("use", 'ip link show "$BRIDGE"')],
    ["worked out here", "", sets + step("use", 'ping -c 1 "$IP"')],
    ["with a way out", "", step("use", 'ip link show "${BRIDGE:-br0}"')],
    ["with a way out in a target's command", box("nsenter --net=/run/netns/${BRIDGE:-br0}"), step("use", "true")],
    ["that a target's command sets itself", box("BRIDGE=br1; nsenter --net=/run/netns/$BRIDGE"), step("use", "true")],
    ["in an undo alone", "", `${step("use", "true")}\`\`\`sh undo="use"\nip link delete "$BRIDGE"\n\`\`\`\n`],
  ])("%s is nothing to complain of", async (_, head, fences) => {
    expect((await findings(host, page("new", ["host"], head, fences))).join("\n")).not.toContain("not-copied");
  });
});

describe("the order of a run", () => {
  const runbooks = async (...pages: Promise<Page>[]): Promise<Map<string, Runbook>> => {
    const read = await Promise.all(pages);
    return new Map(read.flatMap(({ runbook }) => (runbook ? [[runbook.id, runbook] as const] : [])));
  };
  const ids = async (id: string, ...pages: Promise<Page>[]): Promise<string[]> => {
    return runbookOrder(await runbooks(...pages), id).map((runbook) => runbook.id);
  };

  test("what is required comes first, each once, as written", async () => {
    const pages = [page("new", ["image", "host"]), page("image", ["host"]), page("host"), page("other")];
    expect(await ids("new", ...pages)).toEqual(["host", "image", "new"]);
    expect(await ids("host", ...pages)).toEqual(["host"]);
  });
  test("what isn't there is left out, and a cycle ends", async () => {
    expect(await ids("a", page("a", ["b", "gone"]), page("b", ["a"]))).toEqual(["b", "a"]);
    expect(await ids("gone", page("a"))).toEqual([]);
  });
});
