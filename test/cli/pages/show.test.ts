import { join } from "node:path";
import { expect, test } from "vitest";
import { run } from "../run.ts";

const pages = join(import.meta.dirname, "../fixtures/pages");
const show = (...args: string[]): string => run([...args, "--content", pages]).stdout.replaceAll(pages, "PAGES");

test("a list has each runbook, by id", () => {
  expect(show("list")).toMatchInlineSnapshot(`
    "export-base       A base
    export-hard       What may go wrong
    export-silent     Nothing printed, nothing given
    export-top        A top  (requires export-base)
    run-bad           What goes wrong
    run-good          What goes well
    run-inner         Inside something else
    run-large         A large state
    run-secret        A secret
    run-shell-secret  A secret where a shell opens
    run-stubborn      What does not want to end
    "
  `);
  expect(show("list", "--quiet").split("\n")[0]).toBe("export-base");
  expect((JSON.parse(show("list", "--json")) as { id: string }[]).map(({ id }) => id)).toContain("run-good");
});

test("a runbook is shown as it will run, with what it requires and the values that are given", () => {
  expect(show("show", "run-good", "DIR=/srv/it's")).toBe("");
  expect(show("show", "run-good", "DIR=/srv/x")).toMatchInlineSnapshot(`
    "run-good: What goes well

    Runbooks, in order
      run-good  test/cli/fixtures/pages/run-good.md

    Values
      DIR  /srv/x                                Where
      WHO  (worked out on the host, such as me)

    Targets
      inner  env INNER="$WHO"

    1/5 run-good/make  test/cli/fixtures/pages/run-good.md:12
      run:
        mkdir -p "/srv/x"
        echo made by "$WHO"
      proof:
        test -d "/srv/x"
      undo: shown by --verbose

    2/5 run-good/wait  test/cli/fixtures/pages/run-good.md:17
      guard:
        test -e "/srv/x/waited"
      run:
        echo waiting
        while [ -e "/srv/x/hold" ]; do sleep 0.1; done
        touch "/srv/x/waited"
      undo: shown by --verbose

    3/5 run-good/inside (on inner)  test/cli/fixtures/pages/run-good.md:23
      guard:
        test -e "/srv/x/inside"
      run:
        touch "/srv/x/inside"
      undo: shown by --verbose

    4/5 run-good/never (undo leaves it: it is never made)  test/cli/fixtures/pages/run-good.md:27
      when:
        echo there is no need
        false
      guard:
        false
      run:
        touch "/srv/x/never"

    5/5 run-good/conf  test/cli/fixtures/pages/run-good.md:31
      writes /srv/x/conf:
        who = $WHO
    "
  `);
});

test("its way back is shown where all is", () => {
  expect(show("show", "run-good", "DIR=/srv/x", "--verbose")).toContain('  undo:\n    rmdir "/srv/x"\n');
});

test("as JSON, it has the same", () => {
  const shown = JSON.parse(show("show", "export-top", "--json")) as { values: unknown[]; runbooks: { id: string }[] };
  expect(shown.runbooks.map(({ id }) => id)).toEqual(["export-base", "export-top"]);
  expect(shown.values).toContainEqual({ name: "KIND", value: "b", origin: "default", default: "b", enum: ["a", "b"] });
});

test("a secret is none to show", () => {
  expect(show("show", "run-secret", "NAME=x")).toContain("TOKEN  (secret)  The key");
});

test("nothing of it is executed", () => {
  expect(run(["show", "run-good", "--content", pages], { env: { RUNBOOK_STATE_DIR: "/nonexistent" } }).exitCode).toBe(
    0,
  );
});
