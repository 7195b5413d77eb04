import { ProofRecorder } from "../record/record-proof.ts";
import { RunRecorder } from "../record/record-run.ts";
import type { Report, ReportEvent } from "../report.ts";
import { proofSuites } from "./junit-proof.ts";
import { runSuites } from "./junit-run.ts";
import { suiteLines } from "./junit-suite.ts";

/**
 * JUnit's XML, written when the last run has ended: a suite for each runbook of a run, in it a case for each step and one
 * for each of its phases beside `run`; of a proof a suite with a case for each stage, too. A case has its page's file and
 * line, and a failed one the end of the output. Elements and attributes are those of the schema that Jenkins' xUnit plugin
 * checks, but for `file` and `line` on a case, which GitLab and annotating actions read.
 */
export class JunitReport implements Report {
  readonly #runs = new RunRecorder();
  readonly #proofs = new ProofRecorder();
  readonly #write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.#write = write;
  }

  readonly listen = (event: ReportEvent): void => {
    this.#runs.listen(event);
    this.#proofs.listen(event);
  };

  close(): void {
    const { runs } = this.#runs;
    const plain = { suite: (id: string) => id, className: (id: string) => id };
    const suites = [
      ...runs.filter(({ proof }) => !proof).flatMap((run) => runSuites(run, plain)),
      ...this.#proofs.proofs.flatMap((proof) =>
        proofSuites(
          proof,
          runs.filter((run) => run.proof?.run === proof.start.run),
        ),
      ),
    ];
    this.#write(
      [
        '<?xml version="1.0" encoding="UTF-8"?>',
        "<testsuites>",
        ...suites.flatMap(suiteLines),
        "</testsuites>",
        "",
      ].join("\n"),
    );
  }
}
