import {
  chmodSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

export type Steps = [info: string, text: string][];

/** A page that is to mean the same in every way that it can be run. */
export interface Case {
  steps: Steps;
  head?: string;
  /** What the folder holds before. */
  before?: (dir: string) => void;
}

export const cases: Record<string, Case> = {
  "steps with guards, the shell's state carried on": {
    steps: [
      ['sh step="a"', 'mkdir "$DIR/d"'],
      ['sh guard="a"', '[ -d "$DIR/d" ]'],
      ['sh undo="a"', 'rmdir "$DIR/d"'],
      ['sh step="b"', 'name=file\necho "$name" >"$DIR/b"'],
      ['sh guard="b"', '[ -e "$DIR/b" ]'],
      ['sh undo="b"', 'rm "$DIR/b"'],
    ],
  },
  "steps that their proofs guard": {
    steps: [
      ['sh step="a"', 'touch "$DIR/a"'],
      ['sh proof="a" within="5s"', '[ -e "$DIR/a" ]'],
      ['sh undo="a"', 'rm "$DIR/a"'],
      ['sh step="b" exits="3"', 'touch "$DIR/b"\nexit 3'],
      ['sh proof="b"', '[ -e "$DIR/b" ]'],
      ['sh undo="b"', 'rm --force "$DIR/b"'],
    ],
  },
  "a step that does not apply, and one that was done before": {
    before: (dir) => writeFileSync(join(dir, "mine"), ""),
    steps: [
      ['sh step="never"', 'touch "$DIR/never"'],
      ['sh when="never"', "echo not here; false"],
      ['sh undo="never"', 'rm "$DIR/never"'],
      ['sh step="mine"', 'touch "$DIR/mine"'],
      ['sh guard="mine"', '[ -e "$DIR/mine" ]'],
      ['sh undo="mine"', 'rm "$DIR/mine"'],
      ['sh step="own"', 'touch "$DIR/own"'],
      ['sh guard="own"', '[ -e "$DIR/own" ]'],
      ['sh undo="own"', 'rm "$DIR/own"'],
    ],
  },
  "a variable handed on to a file and to a target": {
    head: '  targets:\n    there: env -C "$FOLDER"\n',
    before: (dir) => mkdirSync(join(dir, "in")),
    steps: [
      ['sh step="find" sets="FOLDER"', 'FOLDER="$DIR/in"'],
      ['ini step="conf" file="$FOLDER/conf"', "in = $FOLDER"],
      ['sh step="touch" on="there"', 'touch "$FOLDER/touched"'],
      ['sh guard="touch"', '[ -e "$FOLDER/touched" ]'],
      ['sh undo="touch"', 'rm "$FOLDER/touched"'],
    ],
  },
  "guards, proofs and `when`": {
    steps: [
      ['sh step="a"', 'touch "$DIR/a"'],
      ['sh guard="a"', '[ -e "$DIR/a" ]'],
      ['sh undo="a"', 'rm "$DIR/a"'],
      ['sh step="b"', '(sleep 1; touch "$DIR/b") &'],
      ['sh proof="b" within="10s"', '[ -e "$DIR/b" ]'],
      ['sh undo="b"', 'rm -f "$DIR/b"'],
      ['sh step="c"', 'touch "$DIR/c"'],
      ['sh when="c"', "echo not here\nfalse"],
      ['sh step="there"', 'touch "$DIR/never"'],
      ['sh guard="there"', "true"],
      ['sh undo="there"', 'touch "$DIR/undone what was never done"'],
    ],
  },
  "a guard that is broken": {
    steps: [
      ['sh step="a"', 'touch "$DIR/a"'],
      ['sh guard="a"', "no-such-command"],
      ['sh step="b"', "true"],
    ],
  },
  "a proof that is broken, as a guard": {
    steps: [
      ['sh step="a"', 'printf "#!/bin/sh\\n" >"$DIR/tool"; chmod 755 "$DIR/tool"'],
      ['sh proof="a"', '"$DIR/tool"'],
      ['sh undo="a"', 'rm "$DIR/tool"'],
    ],
  },
  "attempts, of which the proof decides": {
    steps: [
      ['sh step="a" retry="3"', 'echo x >>"$DIR/tries"'],
      ['sh proof="a"', '[ "$(wc -l <"$DIR/tries")" = 2 ]'],
      ['sh undo="a"', 'rm "$DIR/tries"'],
    ],
  },
  "statuses that are meant": {
    steps: [
      ['sh step="a" exits="3 4"', 'echo one >"$DIR/a"; exit 4'],
      ['sh undo="a"', 'rm "$DIR/a"'],
      ['sh step="b" exits="1"', "true"],
      ['sh step="c"', 'touch "$DIR/c"'],
    ],
  },
  "a service": {
    steps: [
      ['sh step="a"', 'cd "$DIR"\nWORD=kept'],
      [
        'sh step="serve" background="true"',
        'trap "rm -f word up" EXIT\ntouch up; echo "$WORD" >word\nwhile [ -e up ]; do sleep 0.1; done',
      ],
      ['sh proof="serve" within="10s"', '[ -s "$DIR/word" ]'],
      ['sh undo="serve"', 'rm -f "$DIR/up" "$DIR/word"'],
      ['sh step="use"', "cp word used\nrm up\nwhile [ -e word ]; do sleep 0.1; done"],
      ['sh undo="use"', 'rm "$DIR/used"'],
      ['sh step="after"', "sleep 0.3"],
    ],
  },
  "services that fail: before they are ready, and later": {
    head: "  targets:\n    inner: env INNER=1\n",
    steps: [
      [
        'sh step="serve" background="true" on="inner"',
        'rm -f "$DIR/stop"; touch "$DIR/up"\nwhile [ ! -e "$DIR/stop" ]; do sleep 0.1; done\nrm "$DIR/up"; [ -e "$DIR/well" ]',
      ],
      ['sh proof="serve" within="10s"', '[ -e "$DIR/up" ]'],
      ['sh guard="serve"', '[ -e "$DIR/never" ]'],
      ['sh step="use"', 'touch "$DIR/stop"\nsleep 1'],
      ['sh undo="use"', 'rm "$DIR/stop"'],
      ['sh step="next"', "true"],
    ],
  },
  "a service that is never ready": {
    steps: [
      ['sh step="serve" background="true"', 'touch "$DIR/begun"'],
      ['sh proof="serve" within="60s"', '[ -e "$DIR/up" ]'],
      ['sh undo="serve"', 'rm "$DIR/begun"'],
      ['sh step="next"', "true"],
    ],
  },
  "a session": {
    steps: [
      ['console step="a"', '$ cd "$DIR"\n$ echo one | tee a\none\n$ cat <<E >b\n> two\n> E\n'],
      ['sh undo="a"', 'rm "$DIR/a" "$DIR/b"'],
    ],
  },
  "values that are handed on, on every target": {
    head: "  targets:\n    inner: env INNER=1\n",
    steps: [
      ['sh step="a" sets="FOUND"', 'FOUND="it\'s  two \\\\ words"'],
      ['sh step="b" on="inner"', 'printf "%s|%s|%s" "$FOUND" "${INNER-gone}" "$HOME$PATH$USER" >"$DIR/b"'],
      ['sh undo="b"', 'rm "$DIR/b"'],
      ['ini step="c" file="$DIR/c"', "$FOUND"],
    ],
  },
  "files: new ones, kept modes, links, modes of their own, folders": {
    before: (dir) => {
      writeFileSync(join(dir, "private"), "old\n");
      chmodSync(join(dir, "private"), 0o600);
      writeFileSync(join(dir, "aim"), "aim");
      symlinkSync("aim", join(dir, "link"));
      writeFileSync(join(dir, "same"), "same\n");
    },
    steps: ["new", "private", "link", "deep/er/file"]
      .map((name, index): [string, string] => [`ini step="f${index}" file="$DIR/${name}"`, "text = $DIR $OTHER"])
      .concat([
        ['sh step="mask"', 'umask 077; touch "$DIR/masked"'],
        ['sh guard="mask"', '[ -e "$DIR/masked" ]'],
        ['sh undo="mask"', 'rm "$DIR/masked"'],
        ['text step="run" file="$DIR/run" mode="0755"', "#!/bin/sh"],
        ['ini step="same" file="$DIR/same"', "same"],
        ['ini step="empty" file="$DIR/empty"', ""],
      ]),
  },
  "a file whose path is none": {
    head: "",
    steps: [
      ['ini step="a" file="$REL/x"', "x"],
      ['sh step="b"', "true"],
    ],
  },
  "what is asked first, what is kept, and what never runs": {
    before: (dir) => writeFileSync(join(dir, "log"), ""),
    steps: [
      ['sh step="burn" danger="It burns." title="Burn it"', 'touch "$DIR/burnt"'],
      ['sh guard="burn"', '[ -e "$DIR/burnt" ]'],
      ['sh undo="burn"', 'rm "$DIR/burnt"'],
      ['sh norun="no example has that machine"', 'touch "$DIR/never"'],
      ['sh step="kept" keeps="the folder outlives the page"', 'mkdir -p "$DIR.kept"'],
      ['sh guard="kept"', '[ -d "$DIR.kept" ]'],
    ],
  },
  "a failure in the middle, with state until there": {
    steps: [
      ['sh step="a"', 'cd "$DIR"\nX=1\nf() { echo "f $X"; }'],
      ['sh step="b"', "f >b\nfalse\ntouch never"],
      ['sh undo="b"', 'rm "$DIR/b"'],
      ['sh step="c"', "touch c"],
    ],
  },
  "a target that can't be entered": {
    head: "  targets:\n    gone: /no/such/program\n",
    steps: [
      ['sh step="a" on="gone"', "true"],
      ['sh undo="a" on="host"', 'touch "$DIR/undone what never began"'],
    ],
  },
  "output that differs is a warning": {
    steps: [
      ['sh step="a"', 'echo one; touch "$DIR/a"'],
      ['text output="a"', "two"],
      ['sh undo="a"', 'rm "$DIR/a"'],
    ],
  },
  "a limit": {
    steps: [
      ['sh step="a" timeout="1s"', "sleep 60"],
      ['sh step="b"', "true"],
    ],
  },
};

/** All that is in a folder: kinds, permissions, contents. */
export function tree(dir: string): string[] {
  const names = readdirSync(dir, { recursive: true, encoding: "utf8" }).sort();
  return names.map((name) => {
    const path = join(dir, name);
    const stat = lstatSync(path);
    const mode = (stat.mode & 0o7777).toString(8);
    if (stat.isSymbolicLink()) return `${name} -> ${readlinkSync(path)}`;
    return stat.isDirectory()
      ? `${name}/ ${mode}`
      : `${name} ${mode} ${readFileSync(path, "utf8").replaceAll(dir, "DIR")}`;
  });
}
