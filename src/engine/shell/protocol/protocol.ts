/** Which process writes a frame, on which of the line's streams, with which words, and what the frame means. */
interface FrameRow {
  from: "entry" | "supervisor" | "worker";
  stream: "stdout" | "stderr" | "both";
  /** The words behind the letter; `…` stands for a stack: line, count, that many sources, that many lines. */
  fields: string;
  meaning: string;
}

/**
 * The frames that a target's shell writes between a step's own output: `\x1e`, the nonce, a blank, a letter of this
 * table, its words and `\x1f`. A frame is written at once, so no other writer's bytes come between. Only these letters,
 * each on its own stream, are frames; all else is output.
 */
export const FRAMES = {
  "1": {
    from: "entry",
    stream: "stdout",
    fields: "",
    meaning: "The target's command is about to run; more can be sent.",
  },
  B: { from: "entry", stream: "stdout", fields: "", meaning: "The target has bash, which reads from here on." },
  P: { from: "entry", stream: "stdout", fields: "", meaning: "The target has no bash; its sh reads on." },
  T: {
    from: "entry",
    stream: "stdout",
    fields: "",
    meaning: "The target's shell has a terminal, which changes what it is sent.",
  },
  R: { from: "supervisor", stream: "stdout", fields: "kind pid group", meaning: "The supervisor is ready." },
  W: { from: "worker", stream: "stdout", fields: "pid", meaning: "A worker has begun." },
  D: {
    from: "worker",
    stream: "both",
    fields: "sequence status how reader …",
    meaning:
      "A text has ended; `how` is `-`, `last` where the worker ends with it, or `folder` where nothing of it ran. `reader` is the worker's own process that waits for the next text.",
  },
  I: { from: "worker", stream: "stderr", fields: "status …", meaning: "A command failed in a subshell." },
  V: { from: "worker", stream: "stdout", fields: "variable", meaning: "A variable that was asked for." },
  S: { from: "worker", stream: "stdout", fields: "part", meaning: "A part of the worker's state." },
  Z: { from: "worker", stream: "stdout", fields: "sequence", meaning: "The state is told." },
  X: {
    from: "supervisor",
    stream: "both",
    fields: "started status",
    meaning: "The worker that was started as this one has ended.",
  },
  E: { from: "supervisor", stream: "stdout", fields: "", meaning: "All that the step in hand started has ended." },
  K: {
    from: "supervisor",
    stream: "stdout",
    fields: "mark pid command",
    meaning: "A process that the step with this mark left in the background, and that the run's end ends.",
  },
  A: { from: "supervisor", stream: "stdout", fields: "", meaning: "All that is in the background now has been told." },
  L: {
    from: "supervisor",
    stream: "stdout",
    fields: "state own\tothers",
    meaning: "The host's lock: `free` and taken, `held`, or `none`.",
  },
  Q: { from: "supervisor", stream: "stdout", fields: "", meaning: "The target is tidy; the supervisor ends." },
} as const satisfies Record<string, FrameRow>;

/** The letter of a frame. */
export type FrameKind = keyof typeof FRAMES;

/** The lines that the runner sends to a supervisor: a word of this table, and its own words. */
export const COMMANDS = {
  run: "LENGTH MARK, then a text of that length: the worker runs it, as part of the step MARK",
  groups: "MARK…: makes the control groups of steps to come",
  worker: "PID: the process that the worker's texts run in",
  left: "READER: tells what steps have left in the background, which the process READER is not",
  idle: "the step in hand is over, and journalled",
  end: "GRACE: ends all that the step in hand started, and the worker with it; GRACE in tenths of a second",
  start: "starts a new worker",
  lock: "WORDS: takes the host's lock; WORDS tell others who has it",
  unlock: "takes the lock's words away: the run ended in order",
  kill: "PID: kills a supervisor before this one, whose line is lost",
  beat: "nothing; the line is there",
  quit: "ends what is left, and the supervisor",
} as const satisfies Record<string, string>;

/** The exit status in a word of a frame; null where the word is no exit status. */
export function readStatus(word: string | undefined): number | null {
  return /^\d{1,3}$/.test(word ?? "") && Number(word) < 256 ? Number(word) : null;
}

/** Whether a letter is a frame's on this stream. */
export function isFrame(kind: string, stream: "stdout" | "stderr"): kind is FrameKind {
  if (!Object.hasOwn(FRAMES, kind)) return false;
  const row: FrameRow = FRAMES[kind as FrameKind];
  return row.stream === stream || row.stream === "both";
}
