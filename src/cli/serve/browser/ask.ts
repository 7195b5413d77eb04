import type { ShellSize, State, Wish } from "../messages.ts";

/** What a request may say. */
type Asked = Partial<Wish> | { number: number; yes?: boolean; text?: string } | ShellSize;

/** What a refused request says. */
export class Refused extends Error {
  readonly hint: string;

  constructor(message: string, hint: string) {
    super(message);
    this.hint = hint;
  }
}

/** Asks the server to do something. Throws `Refused` with its reason. */
export async function ask(what: string, body: Asked = {}): Promise<void> {
  const answer = await fetch(`/-/${what}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (answer.ok) return;
  const said = (await answer.json().catch(() => ({}))) as { message?: string; hint?: string };
  throw new Refused(said.message ?? `The server answered ${answer.status}.`, said.hint ?? "");
}

/** What the journal knows of a runbook. */
export async function stateOf(id: string): Promise<State | undefined> {
  const answer = await fetch(`/-/state?id=${encodeURIComponent(id)}`);
  return answer.ok ? ((await answer.json()) as State) : undefined;
}
