import { patternTimeMs } from "../../../language/limits.ts";
import { notMatchedInTime } from "../../../language/values/at-once.ts";
import type { ValueRules } from "../../../language/values/rules.ts";
import type { Question } from "./pattern-worker.ts";

// A pattern that backtracks can take for ever. So it runs in a worker, which is ended where it takes too long: the page stays alive.

/** The value that was asked last for each name, and what is wrong with it once that is known. */
const asked = new Map<string, { value: string; problem?: string }>();
/** The questions that wait, one a name. */
const waiting = new Map<string, Question>();
let busy = false;
let worker: Promise<Worker> | undefined;

/** What is wrong with a value; empty while that is not known. `answered` is called once it is. */
export function problemInTime(rules: ValueRules, value: string, answered: () => void): string {
  const known = asked.get(rules.name);
  if (known?.value === value) return known.problem ?? "";
  asked.set(rules.name, { value });
  waiting.set(rules.name, { rules, value });
  if (!busy) void answerAll(answered);
  return "";
}

async function answerAll(answered: () => void): Promise<void> {
  busy = true;
  for (let next = first(); next; next = first()) {
    const problem = await answerTo(next);
    if (asked.get(next.rules.name)?.value === next.value) {
      asked.set(next.rules.name, { value: next.value, problem });
      answered();
    }
  }
  busy = false;
}

function first(): Question | undefined {
  const [question] = waiting.values();
  if (question) waiting.delete(question.rules.name);
  return question;
}

async function answerTo(question: Question): Promise<string> {
  worker ??= startWorker();
  const one = await worker;
  return await new Promise((resolve) => {
    const timer = setTimeout(() => {
      one.terminate();
      worker = undefined;
      resolve(notMatchedInTime(question.rules.name, question.rules.pattern ?? "", patternTimeMs));
    }, patternTimeMs);
    one.onmessage = ({ data }: MessageEvent<string>) => {
      clearTimeout(timer);
      resolve(data);
    };
    one.postMessage(question);
  });
}

/** A worker that has loaded, so that the time of its loading is not counted. */
function startWorker(): Promise<Worker> {
  const one = new Worker(new URL("./pattern-worker.ts", import.meta.url), { type: "module" });
  return new Promise((resolve) => {
    one.onmessage = () => resolve(one);
  });
}
