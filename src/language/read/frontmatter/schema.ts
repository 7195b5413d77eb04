import * as z from "zod/mini";
import { described } from "../../../schema/shapes.ts";
import { NEEDS } from "../../model/needs.ts";
import { refusing } from "./refusals.ts";
import { command, flag, id, need, pattern, targetCommand, targetName, text, variableName } from "./scalars.ts";

const computedDefault = refusing(z.strictObject({ command, example: text, local: z.exactOptional(flag) }), {
  called: "A computed default",
});

/** The keys of a parameter. */
export const parameterSchema = refusing(
  z.strictObject({
    default: described(
      z.exactOptional(
        refusing(z.union([text, computedDefault]), {
          must: "text, or a map of `command` and `example` (and `local`)",
          hint: 'Leave `default` out for a required parameter; `default: ""` is an empty value.',
        }),
      ),
      "the value where none is given; without it the parameter is required. A map of `command` and `example` is worked " +
        "out on the host just before the runbook's first step, by a command that only reads and sees the parameters " +
        "above it; its `example` is shown until then. With `local: true` the default is about the caller's own machine: " +
        "where the host is another one, the parameter is required",
    ),
    pattern: described(
      z.exactOptional(pattern),
      "a regular expression (JavaScript's, with its `u` flag) that must match the whole value, of a `list` each word",
    ),
    enum: described(
      z.exactOptional(
        refusing(z.array(text).check(z.minLength(1)), {
          must: "a list of texts",
          hint: "Write `enum: [amd64, arm64]`.",
        }),
      ),
      "the values to choose from, of a `list` for each word",
    ),
    list: described(
      z.exactOptional(flag),
      "`true`: words with white space between them, meant to stand unquoted. No word at all is a list too",
    ),
    secret: described(
      z.exactOptional(flag),
      "`true`: comes from the environment or is asked for, is masked, never stored. It has no default and at least six " +
        "characters",
    ),
    multiline: described(z.exactOptional(flag), "`true`: line feeds are allowed"),
    description: described(z.exactOptional(text), "what the value is, in a few words"),
  }),
  {
    called: "A parameter",
    must: "a map of keys",
    hint: "Write `NAME: { default: … }`, or `NAME: {}` for a required one.",
  },
);

const VALUES_HINT = "Write `values: { NAME: value }`, or a list of such sets.";
const TRANSIENT_HINT = "Write `transient: why nothing of it is left`, or leave it out.";
const NOT_A_SET = "A set of values must be a map with at least one name.";

const valueSet = refusing(
  z
    .record(z.string(), refusing(z.string(), { hint: 'An empty value is written `""`.' }), { error: NOT_A_SET })
    .check(z.refine((set) => Object.keys(set).length > 0, { error: NOT_A_SET })),
  { hint: VALUES_HINT },
);

const verifySchema = refusing(
  z.strictObject({
    values: z.exactOptional(
      refusing(z.union([valueSet, z.array(valueSet)]), { must: "a map, or a list of maps", hint: VALUES_HINT }),
    ),
    transient: z.exactOptional(
      refusing(text.check(z.regex(/\S/)), { must: "a text that says why", hint: TRANSIENT_HINT }),
    ),
  }),
  { called: "`verify:`", hint: VALUES_HINT },
);

const listHint = (key: string) => ({ hint: `Write \`${key}: [one, another]\`.` });
const mapHint = (key: string) => ({ hint: `Write \`${key}: {}\` or leave it out.` });

/** The keys below `runbook:`. Scalars are the texts that the page has: YAML's own kinds of value mean nothing here. */
export const runbookSchema = refusing(
  z.strictObject({
    id: refusing(
      described(
        id,
        "required; like every id of a runbook, step or target it has at most 63 lower-case letters, digits and hyphens, " +
          "and no hyphen at its ends",
      ),
      {
        missing: {
          code: "missing-id",
          message: "The runbook has no id.",
          hint: "Write `id: some-name` below `runbook:`.",
        },
      },
    ),
    requires: described(
      z.exactOptional(refusing(z.array(id), listHint("requires"))),
      "ids of runbooks whose end state this one starts from; each runs once, before what requires it, in the order written",
    ),
    needs: described(
      z.exactOptional(refusing(z.array(need), listHint("needs"))),
      `any of ${NEEDS.map((name) => `\`${name}\``).join(", ")}: what the host must offer`,
    ),
    params: described(
      z.exactOptional(refusing(z.record(variableName, z.nullable(parameterSchema)), mapHint("params"))),
      "the values that the runbook takes, by name",
    ),
    targets: described(
      z.exactOptional(refusing(z.record(targetName, targetCommand), mapHint("targets"))),
      "where steps can run, by name: a command on one line that is put before a shell's name and runs that shell there. " +
        "`host` is the machine itself and can't be declared",
    ),
    verify: described(
      z.exactOptional(verifySchema),
      "what the page says of its own proof. `values` is a second set of parameters' values, or a list of such sets: " +
        "`verify` proves the runbook with its defaults first, and then with each set, a case each; a parameter that a " +
        "set doesn't name keeps its default. The names are parameters of this runbook or of those it requires, and a " +
        "secret is never among them. `transient` says why a restart of the host takes the page's work away: `verify` then " +
        "wants a run after the restart to bring it back, and fails where nothing was lost",
    ),
  }),
  { called: "`runbook:`", must: "a map of keys", hint: "Write `id:` below it." },
);
