import fc from "fast-check";

/** A command that sets a limit that every shell carries. */
export const limits = fc
  .constantFrom("umask 027", "umask 0", "ulimit -S -c 5", "ulimit -S -n 300; ulimit -H -n 400", "ulimit -S -s 4096")
  .map((text) => (): string => text);
