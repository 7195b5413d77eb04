import { expect, test } from "vitest";
import { ends, run } from "../support/steps.ts";

const builtins = ["echo", "printf", "cd", "trap", "eval", "builtin", "read", "declare", "unset", "exit"];
const more = ["set", "shopt", "source", "local", "export", "command", "test", "umask", "alias", "kill", "exec", "pwd"];

test.each([...builtins, ...more])("a function named %s changes nothing between steps", async (name) => {
  const done = await run(
    `x=1\n${name}() { /bin/echo "mine: ${name}"; }`,
    `x=2\ny=3\n${name} a b`,
    "/bin/false\n/bin/echo no",
    'y=$x$y\n/bin/echo "$y"',
  );
  expect(done.output("s2")).toBe(`mine: ${name}\n`);
  expect(ends(done)).toEqual(["passed", "passed", "command-failed 1", "passed"]);
  expect(done.output("s4")).toBe("23\n");
});

test("all of them at once, also in a shell that was started anew", async () => {
  const all = [...builtins, ...more].map((name) => `${name}() { /bin/echo "mine: ${name}"; }`).join("\n");
  const done = await run(
    `IFS=:\numask 027\ncd /usr\ntrap 'x=trapped' USR1\nf() { /bin/echo "f $x"; }\nx=1\n${all}`,
    "x=2\n/bin/kill -s KILL $$",
    'f\necho\n/bin/kill -s USR1 $$\nf\n/bin/pwd\n/bin/sh -c umask\n/bin/echo "[$IFS]"\nprintf x\nread x',
  );
  expect(ends(done)).toEqual(["passed", "shell-died 137", "passed"]);
  expect(done.output("s3")).toBe("f 1\nmine: echo\nf trapped\n/usr\n0027\n[:]\nmine: printf\nmine: read\n");
});

test("readonly variables, also IFS and the shell's own, carry and stay readonly", async () => {
  const done = await run(
    "readonly X=1 IFS=, PS4=% LC_ALL=C.UTF-8 REPLY=r\ndeclare -r POSIXLY=1",
    'a="1,2,3"\nfor i in $a; do echo "$i"; done',
    "X=2\necho no",
    'echo "$X"\ncase $a in 1,2,3) echo kept ;; esac',
    "kill -9 $$",
    'for i in $a; do echo "$i"; done\nX=2',
  );
  expect(done.output("s2")).toBe("1\n2\n3\n");
  expect(done.output("s3")).toBe("");
  expect(ends(done)).toEqual(["passed", "passed", "command-failed 1", "passed", "shell-died 137", "command-failed 1"]);
  expect(done.output("s4")).toBe("1\nkept\n");
  expect(done.output("s6")).toBe("1\n2\n3\n");
});

test("PWD and the variable with the step's mark may be readonly", async () => {
  const done = await run(
    "cd /usr\nreadonly PWD RUNBOOK_STEP",
    "pwd",
    "kill -9 $$",
    "pwd\n(cd /bin && pwd) || echo kept",
  );
  expect(ends(done)).toEqual(["passed", "passed", "shell-died 137", "passed"]);
  expect([done.output("s2"), done.output("s4")]).toEqual(["/usr\n", "/usr\nkept\n"]);
});

test.each(["readonly POSIXLY_CORRECT", "ulimit -n 9"])(
  "a step that ends well, and leaves a shell in which nothing can run, fails and says so: %s",
  async (text) => {
    const done = await run(`echo ran\n${text}`);
    expect([ends(done), done.output("s1")]).toEqual([["shell-died 0"], "ran\n"]);
    expect(done.steps.get("page/s1")?.error?.message).toContain("left its shell");
  },
);

test("aliases that are named as what runs between steps do no harm", async () => {
  const names = ["shopt", "trap", "set", "unset", "exec", "export", "declare", "read", "printf", "mapfile", "pwd"];
  const done = await run(
    `shopt -s expand_aliases\ntrap 'dbg=$LINENO' DEBUG\nalias ${names.map((name) => `${name}=false`).join(" ")}`,
    "echo two",
  );
  expect([ends(done), done.output("s2")]).toEqual([["passed", "passed"], "two\n"]);
});

test("a changed IFS carries and disturbs nothing", async () => {
  const done = await run(
    "IFS=' 0123456789'",
    'x=a1b\nset -- $x\necho "$#"',
    "unset IFS",
    "x='a b c'\nset -- $x\necho \"$#\"",
  );
  expect(done.output("s2") + done.output("s4")).toBe("2\n3\n");
});

test("aliases, umask, shopt, options, directory stack's folder and positional state carry as in a terminal", async () => {
  const done = await run(
    "shopt -s expand_aliases extglob nullglob\nalias ll='echo aliased'\numask 077\nset -o noglob\ncd /usr",
    "ll x\numask\npwd\nshopt -q extglob nullglob && echo globs\necho *",
    "unalias ll\numask 022\nset +o noglob",
    "umask\n(ll) 2>/dev/null || echo gone",
  );
  expect(done.output("s2")).toBe("aliased x\n0077\n/usr\nglobs\n*\n");
  expect(done.output("s4")).toBe("0022\ngone\n");
});

test("variables of every kind carry, also into a shell started anew", async () => {
  const make = `a=(1 "two words" $'three\\nlines')\ndeclare -A m=([k]=v ["a b"]='c"d')\ndeclare -i n=5\nexport e='ex port'\ns=$'\\x01\\x1d\\x1e\\x7f\\xff€'\nempty=\nlocal_like() { local z=1; declare -g g=global; }\nlocal_like\nexport -f local_like`;
  const show = `n=n+1\nprintf '<%s>' "\${a[@]}" "\${m[k]}" "\${m[a b]}" "$n" "$e" "$empty" "$g"\nprintf %s "$s" | od -An -tx1\nbash -c 'local_like && echo exported $e'`;
  const done = await run(make, show, "kill -9 $$", show.replace("n=n+1", "n=n+1+0"));
  expect(done.output("s2")).toBe(
    '<1><two words><three\nlines><v><c"d><6><ex port><><global> 01 1d 1e 7f ff e2 82 ac\nexported ex port\n',
  );
  expect(done.output("s4")).toBe(done.output("s2").replace("<6>", "<7>"));
});

test("set -- and shift carry as in a terminal", async () => {
  const done = await run("set -- a 'b c' d", 'shift\necho "$# $1"');
  expect(done.output("s2")).toBe("2 b c\n");
});

test("a coprocess and a process substitution work", async () => {
  const done = await run(
    'coproc cat\necho hi >&"${COPROC[1]}"\nread -r x <&"${COPROC[0]}"\necho "$x"',
    "cat <(echo sub) | tee >(cat >/dev/null)",
  );
  expect([done.output("s1"), done.output("s2")]).toEqual(["hi\n", "sub\n"]);
});

test("a step that fails in a condition or before || goes on", async () => {
  const done = await run(
    "f() { false; echo in; }\nif f; then echo yes; fi\nfalse || true\n! true\nwhile false; do :; done\necho end",
  );
  expect(done.output("s1")).toBe("in\nyes\nend\n");
});
