/** A way out of the system's limit of open files. */
export const FEW_DESCRIPTORS_HINT =
  "Start runbook where more are allowed: `ulimit -n 1024`, `LimitNOFILE=` of a unit, `--ulimit nofile=1024` of a container.";

/** A process could not be started, because this one may not open more files at once. */
export class FewDescriptorsError extends Error {
  readonly code: string;

  constructor(code: string) {
    super("no more files may be open at once");
    this.name = "FewDescriptorsError";
    this.code = code;
  }
}

/** Whether an error, or what caused it, is the system's limit of files that may be open at once. */
export function isFewDescriptors(error: unknown): boolean {
  return error instanceof Error && (isLimit((error as NodeJS.ErrnoException).code) || isFewDescriptors(error.cause));
}

/** Whether the system's name of an error says so. */
export const isLimit = (code: string | undefined): code is string => code === "EMFILE" || code === "ENFILE";
