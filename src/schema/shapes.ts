import * as z from "zod/mini";
import { expected } from "./read-data.ts";

/** A whole number that is not negative. */
export const whole = z.int().check(z.nonnegative());

/** An exit status; null where no command ran, or where something ended it from outside. */
export const exitStatus = z.nullable(whole);

/** Texts by any names. */
export const textsByName = z.record(z.string(), z.string());

const notMoment = expected("a time such as 2026-11-24T21:00:00Z");

/** A moment in UTC, as ISO 8601 writes it. */
export const moment = z.string({ error: notMoment }).check(
  z.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/, { error: notMoment, abort: true }),
  z.refine((text) => !Number.isNaN(Date.parse(text)), { error: ({ input }) => `there is no such time: ${input}` }),
);

/** Text of a form that `what` describes. */
export function formed(form: RegExp, what: string): z.ZodMiniString {
  const error = expected(what);
  return z.string({ error }).check(z.regex(form, { error }));
}

/** A key's schema with the key's meaning: the reference of the keys is made from it. */
export function described<T extends z.ZodMiniType>(schema: T, meaning: string): T {
  return schema.check(z.describe(meaning)) as T;
}

/** The meaning of each key of an object, by the key. */
export function meaningsOf({ shape }: z.ZodMiniObject): Record<string, string> {
  const meanings = Object.entries(shape).map(([key, schema]) => [key, z.globalRegistry.get(schema)?.description ?? ""]);
  return Object.fromEntries(meanings);
}
