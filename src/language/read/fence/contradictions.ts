import type { Complaints } from "../../model/complaints.ts";
import type { PageFence } from "../../model/page.ts";
import type { Step } from "../../model/runbook.ts";
import { SESSION_LANGUAGES } from "../../model/vocabulary.ts";
import { spanOf } from "./tagged.ts";

/** Parts of a step that exclude each other: the key to blame, what is wrong and how to mend it. */
interface Contradiction {
  key: string;
  holds: (step: Step, fence: PageFence) => boolean;
  message: (step: Step) => string;
  hint: string;
}

const has = (fence: PageFence, key: string): boolean => fence.attributes.some((attribute) => attribute.key === key);

const CONTRADICTIONS: readonly Contradiction[] = [
  {
    key: "keeps",
    holds: ({ keeps, undo }) => keeps !== undefined && undo.length > 0,
    message: ({ id }) => `The step "${id}" keeps what it did, and has an undo.`,
    hint: "Drop one of them.",
  },
  {
    key: "sets",
    holds: ({ sets, file }) => sets.length > 0 && file !== undefined,
    message: () => "A step that writes a file sets no variable.",
    hint: "Make them two steps.",
  },
  {
    key: "file",
    holds: ({ file }, { language }) => file !== undefined && SESSION_LANGUAGES.has(language),
    message: () => "A session holds commands, and a file's content is written as it stands.",
    hint: "Write `text` as the language, or drop `file`.",
  },
  ...(["guard", "undo"] as const).map((role) => ({
    key: "sets",
    holds: (step: Step) => step.sets.length > 0 && step[role].length > 0,
    message: () => `A step with \`sets\` only reads and runs every time, so it has no ${role}.`,
    hint: `Drop the ${role}, or make it two steps.`,
  })),
  {
    key: "exits",
    holds: ({ file }, fence) => file !== undefined && has(fence, "exits"),
    message: () => "A step that writes a file has no exit status of its own.",
    hint: "Drop `exits`, or write the file in shell.",
  },
  {
    key: "exits",
    holds: ({ sets }, fence) => sets.length > 0 && has(fence, "exits"),
    message: () => "A step that fails may have left its variables half set, so it hands none on.",
    hint: "Drop `exits` and write `|| true` behind what may fail, or make it two steps.",
  },
  {
    key: "background",
    holds: ({ background, proof }) => background && proof.length === 0,
    message: ({ id }) => `Nothing says when the service of the step "${id}" is ready.`,
    hint: 'Write a fence `sh proof="…"` that holds once it is, with `within`.',
  },
  ...(
    [
      ["file", "A step that writes a file is no service."],
      ["sets", "A service runs beside the steps that follow, so it hands no variable to them."],
      ["exits", "A service is ended with the run, so its exit status is not its own."],
      ["retry", "A service is started once and proved until it is ready."],
    ] as const
  ).map(([key, message]) => ({
    key,
    holds: ({ background }: Step, fence: PageFence) => background && has(fence, key),
    message: () => message,
    hint: `Drop \`${key}\` or \`background\`, or make it two steps.`,
  })),
  {
    key: "background",
    holds: ({ background, output }) => background && output !== undefined,
    message: () => "A service goes on printing beside the steps that follow, so its output can't be compared.",
    hint: "Drop the output, or have a later step show the service's log.",
  },
  {
    key: "reboot",
    holds: ({ reboot, on }) => reboot && on !== "host",
    message: ({ on }) => `\`reboot\` restarts the host, and this step runs on ${on}.`,
    hint: "Restart what is inside a target by a command, with a proof that polls (`within`).",
  },
  ...(
    [
      ["file", "A step that writes a file restarts nothing."],
      ["sets", "A step with `sets` only reads, and a restart is a change."],
      ["exits", "A step that restarts the host is cut off, so it has no exit status."],
      ["background", "A service ends with the host that is restarted."],
    ] as const
  ).map(([key, message]) => ({
    key,
    holds: ({ reboot }: Step, fence: PageFence) => reboot && has(fence, key),
    message: () => message,
    hint: `Drop \`${key}\` or \`reboot\`, or make it two steps.`,
  })),
];

/** Complains of the parts of a step that exclude each other. */
export function checkContradictions(step: Step, fence: PageFence, complaints: Complaints): void {
  for (const { key, holds, message, hint } of CONTRADICTIONS) {
    if (holds(step, fence)) complaints.add("contradiction", spanOf(fence, key), message(step), { hint });
  }
}
