/** A process that a step had left in the background, and that ended with the run. */
export interface EndedProcess {
  /** The mark of the step's attempt. */
  mark: string;
  pid: number;
  /** Its command line, as far as it can be shown. */
  command: string;
}

/** Reads the words of a frame `K`. */
export function readEnded(words: string): EndedProcess {
  const [mark = "", pid = "", ...command] = words.trimEnd().split(" ");
  return { mark, pid: Number(pid), command: nameOf(command.join(" ")) };
}

/** A copy of the target's shell has that shell's own text on its command line. */
function nameOf(command: string): string {
  return /^(?:bash --noprofile --norc|sh) -c #/.test(command) ? "commands of the step's own shell" : command;
}
