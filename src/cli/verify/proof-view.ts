import { excerpt } from "../../report/excerpt.ts";
import { clean } from "../../terminal/clean.ts";
import { type Style, styleFor } from "../../terminal/style.ts";
import type { ProofFailure } from "../../verify/stage/verdict.ts";
import type { Verified } from "../../verify/verify.ts";
import { duration } from "../../words/duration.ts";
import { type Context, columnsOf } from "../context.ts";

/** Shows people how a proof goes, and what it came to. */
export class ProofView {
  readonly #context: Context;
  readonly #texts: ReadonlyMap<string, string>;
  readonly #style: Style;

  constructor(context: Context, texts: ReadonlyMap<string, string>) {
    this.#context = context;
    this.#texts = texts;
    this.#style = styleFor(Boolean(context.io.stdout.isTTY), context.io.env);
  }

  /** A line about the machine. */
  say(text: string): void {
    if (!this.#context.quiet) this.#context.io.err(`${text}\n`);
  }

  /** A part of a proof begins. */
  stage(runbook: string, stage: string): void {
    this.say(`${runbook}: ${stage}`);
  }

  /** A runbook's proof is over. */
  finished({ runbook, platform, result, cached, date, durationMs, file, kept }: Verified): void {
    const { io, quiet } = this.#context;
    const style = this.#style;
    if (result.outcome === "proved") {
      if (quiet) return;
      const when = cached ? `nothing has changed since ${date.slice(0, 10)}` : duration(durationMs);
      const skipped = result.proof.steps.filter(({ outcome, reason }) => outcome === "skipped" && reason === "guard");
      io.out(`${style("green", "proved")}   ${runbook.id} on ${platform} (${when})\n`);
      for (const { id } of skipped) io.out(`  not proved: "${id}", which its guard skipped at once\n`);
    } else if (result.outcome === "blocked") {
      io.out(
        `${style("yellow", "blocked")}  ${runbook.id} on ${platform}: ${clean(result.message)}\n  = ${clean(result.hint)}\n`,
      );
    } else {
      io.out(`${style("red", "failed")}   ${runbook.id} on ${platform} (${duration(durationMs)})\n`);
      io.out(`${this.#failureLines(result.failure).join("\n")}\n`);
      if (file !== undefined) io.out(`  its evidence of an earlier proof says so now: ${file}\n`);
      if (kept !== undefined) io.out(`  the host is left: ${kept}\n  ./runbook cache --prune takes it away\n`);
    }
  }

  #failureLines({ stage, message, hint, place }: ProofFailure): string[] {
    const style = this.#style;
    const text = this.#texts.get(place.file);
    const columns = columnsOf(this.#context.io);
    const lines = text === undefined ? [] : excerpt({ text, ...place, columns: columns - 4, style });
    return [
      `${style("red", `error[${stage}]`)} ${style("bold", clean(message))}`,
      `  --> ${place.file}:${place.line}:${place.column}`,
      ...lines.map((line) => `  ${line}`),
      ...(hint ? [`  ${style("blue", "=")} ${clean(hint)}`] : []),
    ];
  }

  /** The whole is over; gives what the command exits with. */
  end(all: readonly Verified[], strict: boolean): number {
    const count = (outcome: string): number => all.filter(({ result }) => result.outcome === outcome).length;
    const [failed, blocked] = [count("failed"), count("blocked")];
    const partly = all.some(
      ({ result }) => result.outcome === "proved" && result.proof.steps.some(({ reason }) => reason === "guard"),
    );
    if (!this.#context.quiet && all.length > 1) {
      this.#context.io.out(`${count("proved")} proved, ${failed} failed, ${blocked} blocked\n`);
    }
    if (failed > 0) return 1;
    if (blocked > 0 && (strict || blocked === all.length)) return 3;
    return strict && partly ? 1 : 0;
  }
}
