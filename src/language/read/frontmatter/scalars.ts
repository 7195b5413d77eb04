import * as z from "zod/mini";
import { didYouMean } from "../../../words/nearest.ts";
import { ID, isReserved, NAME } from "../../model/names.ts";
import { NEEDS } from "../../model/needs.ts";
import { wholePattern } from "../../values/rules.ts";
import { refusing } from "./refusals.ts";

type Refused = { readonly input: unknown };
const quoted = ({ input }: Refused): string => JSON.stringify(input ?? "");

/** Any text. */
export const text = z.string();

/** `true` or `false`, as YAML's text has it. */
export const flag = refusing(z.stringbool({ truthy: ["true"], falsy: ["false"], case: "sensitive" }), {
  must: "true or false",
});

const notId = (issue: Refused): string => `${quoted(issue)} is no id.`;

/** The id of a runbook or a step. */
export const id = refusing(z.string({ error: notId }).check(z.regex(ID, { error: notId })), {
  code: "bad-id",
  hint: "An id has at most 63 lower-case letters, digits and hyphens, and no hyphen at its ends.",
});

/** The name of a target. */
export const targetName = id.check(
  z.refine((name) => name !== "host", {
    error: "`host` is the machine itself and can't be declared.",
    params: { code: "bad-value", hint: "Take another name." },
  }),
);

/** The name of a variable that a page may set. */
export const variableName = z.string().check(
  z.refine((name) => NAME.test(name), {
    error: (issue) => `${quoted(issue)} is no name of a variable.`,
    params: { code: "bad-name", hint: "A name has letters, digits and _, and no digit first." },
    abort: true,
  }),
  z.refine((name) => !isReserved(name), {
    error: ({ input }) => `${input} steers the shell, a loader or the runner, so no page may set it.`,
    params: { code: "reserved-name", hint: "Take another name." },
  }),
);

/** Something that a host must offer. */
export const need = refusing(z.enum(NEEDS, { error: (issue) => `No host is known to offer ${quoted(issue)}.` }), {
  hint: (word) => didYouMean(word, NEEDS, `It is one of ${NEEDS.join(", ")}.`),
});

/** A regular expression that is matched against a whole value. */
export const pattern = z.string().check(
  z.refine((source) => wholePattern(source) !== undefined, {
    error: (issue) => `${quoted(issue)} is no regular expression.`,
    params: { code: "bad-pattern", hint: "It is read as JavaScript's, with its u flag: escape only what needs it." },
  }),
);

/** A command of a computed default. */
export const command = refusing(z.string().check(z.regex(/\S/)), { must: "a command" });

/** A target's command, which is put before a shell's name. */
export const targetCommand = refusing(z.string().check(z.regex(/^[^\n]*\S[^\n]*$/)), {
  must: "a command on one line",
  hint: 'It is put before a shell\'s name, such as `lxc-attach --name "$CONTAINER" --`.',
});
