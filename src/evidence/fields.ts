/** Notes what is wrong at a path of the data, such as `steps[2].hash`. */
export type Complain = (path: string, message: string) => void;

/** Reads data of one shape; what it gives means nothing where it complained. */
export interface Field<T> {
  (value: unknown, path: string, complain: Complain): T;
  /** The key may be absent. */
  optional?: true;
}

/** Text, of a form where one is given. */
export function text(form?: RegExp, what = "text"): Field<string> {
  return (value, path, complain) => {
    if (typeof value !== "string") complain(path, `${what} is expected, not ${named(value)}`);
    else if (form && !form.test(value)) complain(path, `${what} is expected, not ${named(value)}`);
    return value as string;
  };
}

/** A whole number that is not negative. */
export const whole: Field<number> = (value, path, complain) => {
  if (!Number.isSafeInteger(value) || (value as number) < 0) {
    complain(path, `a whole number is expected, not ${named(value)}`);
  }
  return value as number;
};

/** True or false. */
export const truth: Field<boolean> = (value, path, complain) => {
  if (typeof value !== "boolean") complain(path, `true or false is expected, not ${named(value)}`);
  return value as boolean;
};

/** One of some values. */
export function oneOf<const T extends string | number>(...values: readonly T[]): Field<T> {
  return (value, path, complain) => {
    if (!values.includes(value as T)) complain(path, `${values.map(named).join(" or ")} is expected, not ${named(value)}`);
    return value as T;
  };
}

/** The same, or null. */
export function orNull<T>(field: Field<T>): Field<T | null> {
  return (value, path, complain) => (value === null ? null : field(value, path, complain));
}

/** The same, or absent. */
export function optional<T>(field: Field<T>): Field<T> & { optional: true } {
  return Object.assign((...args: Parameters<Field<T>>) => field(...args), { optional: true as const });
}

/** A list of the same. */
export function list<T>(field: Field<T>): Field<T[]> {
  return (value, path, complain) => {
    if (Array.isArray(value)) return value.map((item, index) => field(item, `${path}[${index}]`, complain));
    complain(path, `a list is expected, not ${named(value)}`);
    return [];
  };
}

/** Values of one shape by any names. */
export function byName<T>(field: Field<T>): Field<Record<string, T>> {
  return (value, path, complain) => {
    if (!isObject(value, path, complain)) return {};
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, field(one, `${path}.${key}`, complain)]));
  };
}

/** An object of exactly these keys. */
export function object<T extends object>(fields: { [Key in keyof T]-?: Field<Exclude<T[Key], undefined>> }): Field<T> {
  return (value, path, complain) => {
    const read: Record<string, unknown> = {};
    if (!isObject(value, path, complain)) return read as T;
    const at = (key: string): string => (path ? `${path}.${key}` : key);
    for (const [key, field] of Object.entries(fields) as [string, Field<unknown>][]) {
      if (Object.hasOwn(value, key)) read[key] = field(value[key], at(key), complain);
      else if (!field.optional) complain(at(key), "is missing");
    }
    for (const key of Object.keys(value)) {
      if (!Object.hasOwn(fields, key)) complain(at(key), `is not known here; there are ${Object.keys(fields).join(", ")}`);
    }
    return read as T;
  };
}

function isObject(value: unknown, path: string, complain: Complain): value is Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return true;
  complain(path, `an object is expected, not ${named(value)}`);
  return false;
}

/** A value as an error names it: short, and of a long or nested one only what it is. */
function named(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object" && value !== null) return "an object";
  const shown = JSON.stringify(value) ?? String(value);
  return shown.length > 60 ? `${shown.slice(0, 57)}…` : shown;
}
