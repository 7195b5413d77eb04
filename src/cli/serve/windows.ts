import type { ServerResponse } from "node:http";
import type { Message } from "./messages.ts";

/** Messages that a window which comes late is told: the run that goes on, from its beginning. */
const MOST_KEPT = 5000;
/** Characters of a shell's output that a window which comes late is told. */
const MOST_OF_SHELL = 200_000;
/** Bytes that wait for a window; one that reads more slowly is cut off, and comes back for the messages that are kept. */
const MOST_WAITING = 16 * 1024 * 1024;
/** Milliseconds between signs of life, so that nothing between takes the line as lost. */
const BEAT_MS = 20_000;

/** All windows that look on, by server-sent events. What closes a window stops nothing else. */
export class Windows {
  readonly #open = new Set<ServerResponse>();
  #kept: Message[] = [];
  readonly #beat = setInterval(() => this.#write(": still here\n\n"), BEAT_MS);

  add(response: ServerResponse): void {
    response.writeHead(200, {
      "content-type": "text/event-stream",
      "cache-control": "no-store",
      "x-content-type-options": "nosniff",
    });
    response.write(`retry: 1000\nevent: begin\ndata: {}\n\n${this.#kept.map(packed).join("")}`);
    this.#open.add(response);
    response.on("close", () => this.#open.delete(response));
  }

  tell(message: Message): void {
    // Another run begins: what the one before told is in the journal.
    if (message.type === "going" && message.going) this.#kept = [];
    this.#keep(message);
    if (this.#kept.length > MOST_KEPT) this.#drop();
    this.#write(packed(message));
  }

  /** Keeps a message. Each key that is typed into a shell makes output, so that output is kept as one message. */
  #keep(message: Message): void {
    const last = this.#kept.at(-1);
    if (message.type === "shell-output" && last?.type === "shell-output") {
      this.#kept[this.#kept.length - 1] = { ...last, text: (last.text + message.text).slice(-MOST_OF_SHELL) };
    } else {
      this.#kept.push(message);
    }
  }

  close(): void {
    clearInterval(this.#beat);
    for (const response of this.#open) response.end();
  }

  /** Most messages are output, and the oldest output is missed least. */
  #drop(): void {
    const index = this.#kept.findIndex((one) => one.type === "event" && one.event.type === "output");
    if (index >= 0) this.#kept.splice(index, 1);
  }

  #write(text: string): void {
    for (const response of this.#open) {
      response.write(text);
      if (response.writableLength > MOST_WAITING) response.destroy();
    }
  }
}

function packed(message: Message): string {
  return `data: ${JSON.stringify(message)}\n\n`;
}
