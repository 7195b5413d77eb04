import { setTimeout as sleep } from "node:timers/promises";

/** A server's answer for an address. */
export interface Answer {
  /** The HTTP status; 0 where no server answered. */
  status: number;
  /** The new address, where the page has moved permanently. */
  moved?: string;
  /** Why no server answered. */
  reason?: string;
}

/** How to ask. */
export interface AskOptions {
  tries: number;
  /** The pause before the second try, in ms; before the third try it is twice as long. */
  pause: number;
  timeout: number;
  fetch?: typeof fetch;
}

const agent = "virtualization-service-notes-links (checks the notes' sources)";
const permanent = new Set([301, 308]);
const again = new Set([0, 429, 500, 502, 503, 504]);

/** Requests an address by HEAD, and by GET where the server refuses HEAD. */
export async function ask(url: string, options: AskOptions): Promise<Answer> {
  let answer: Answer = { status: 0 };
  for (let attempt = 0; attempt < options.tries; attempt += 1) {
    if (attempt > 0) await sleep(options.pause * 2 ** (attempt - 1));
    answer = await askOnce(url, "HEAD", options);
    // Many servers answer GET but refuse HEAD, each with another status.
    if (answer.status >= 400 && answer.status !== 429) answer = await askOnce(url, "GET", options);
    if (!again.has(answer.status)) break;
  }
  return answer;
}

async function askOnce(url: string, method: string, options: AskOptions): Promise<Answer> {
  let at = url;
  let moved: string | undefined;
  let forGood = true;
  try {
    for (let hop = 0; hop < 8; hop += 1) {
      const response = await (options.fetch ?? fetch)(at, {
        method,
        redirect: "manual",
        headers: { "user-agent": agent, accept: "text/html,*/*;q=0.8" },
        signal: AbortSignal.timeout(options.timeout),
      });
      await response.body?.cancel();
      const to = response.headers.get("location");
      if (response.status < 300 || response.status >= 400 || !to) {
        return { status: response.status, ...(moved && { moved }) };
      }
      at = new URL(to, at).href;
      forGood &&= permanent.has(response.status);
      if (forGood) moved = at;
    }
    return { status: 0, reason: "leads in a circle" };
  } catch (error) {
    const { cause, message } = error as Error & { cause?: { code?: string } };
    return { status: 0, reason: cause?.code ?? message };
  }
}

/** Does all tasks, at most `most` at once, and never two at once that have the same key, such as the name of a server. */
export async function politely<Task>(
  tasks: readonly Task[],
  most: number,
  keyOf: (task: Task) => string,
  perform: (task: Task) => Promise<void>,
): Promise<void> {
  const waiting = new Map<string, Task[]>();
  for (const task of tasks) waiting.set(keyOf(task), [...(waiting.get(keyOf(task)) ?? []), task]);
  const queues = [...waiting.values()].toSorted((a, b) => b.length - a.length);
  const worker = async (): Promise<void> => {
    for (let queue = queues.shift(); queue; queue = queues.shift()) {
      for (const task of queue) await perform(task);
    }
  };
  await Promise.all(Array.from({ length: most }, worker));
}
