import { RunbookError } from "../../errors/runbook-error.ts";
import { printable } from "../../terminal/clean.ts";
import { LineEditor } from "./line-editor.ts";

/** A terminal on which questions are asked. */
export interface Terminal {
  input: Pick<NodeJS.ReadStream, "on" | "off" | "resume" | "pause"> & { setRawMode?: (raw: boolean) => unknown };
  /** Writes as it is: a question is drawn anew with each key. */
  write: (text: string) => void;
  /** Ends the question, as a signal from elsewhere does. */
  signal?: AbortSignal;
}

/** One question. */
export interface Question {
  /** Stands before what is typed. */
  prompt: string;
  /** Shows nothing of what is typed. */
  hidden?: boolean;
  /** Said behind what is typed, as it is typed; such as what is wrong with it. */
  remark?: (text: string) => string;
}

/** Asks for a line on a terminal. Ctrl-C and Ctrl-D end the command. */
export async function askLine({ input, write, signal }: Terminal, question: Question): Promise<string> {
  const editor = new LineEditor();
  const prompt = printable(question.prompt, true);
  const draw = (): void => {
    const remark = printable(question.remark?.(editor.text) ?? "", true);
    const typed = question.hidden ? "" : editor.text;
    // Save the place, show the remark behind it, go back: the cursor stays where the person types.
    write(`\r\u001b[K${prompt}${typed}${remark && `\u001b7  ${remark}\u001b8`}`);
  };
  input.setRawMode?.(true);
  input.resume();
  draw();
  try {
    return await new Promise<string>((resolve, reject) => {
      const done = (end: () => void): void => {
        input.off("data", onData);
        input.off("end", onEnd);
        signal?.removeEventListener("abort", onEnd);
        write(`\r\u001b[K${prompt}${question.hidden ? "" : editor.text}\n`);
        end();
      };
      const onEnd = (): void => done(() => reject(new RunbookError("interrupted", "Interrupted.")));
      const onData = (data: Buffer | string): void => {
        const edit = editor.feed(typeof data === "string" ? Buffer.from(data) : data);
        if (edit === "changed") draw();
        if (edit === "done") done(() => resolve(editor.text));
        if (edit === "ended" || edit === "interrupted") onEnd();
      };
      input.on("data", onData);
      input.on("end", onEnd);
      signal?.addEventListener("abort", onEnd);
      if (signal?.aborted) onEnd();
    });
  } finally {
    input.setRawMode?.(false);
    input.pause();
  }
}
