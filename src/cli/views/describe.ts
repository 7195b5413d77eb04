import { type Attached, endsWell, type Parameter, type Runbook, type Step } from "../../language/model/runbook.ts";
import { shownText } from "../../language/values/shown.ts";
import { substitute } from "../../language/values/substitute.ts";

type Values = ReadonlyMap<string, string>;

/** A runbook with what it requires, as data for other programs: `show --json` and `export --to json`. */
export function describe(runbooks: readonly Runbook[], given: Values, values: Values): Record<string, unknown> {
  const own = runbooks.at(-1);
  const parameters = new Map(runbooks.flatMap((runbook) => runbook.params.map((one) => [one.name, one] as const)));
  return {
    version: 1,
    id: own?.id,
    title: own?.title,
    ...(own?.description !== undefined && { description: own.description }),
    ...(own?.verify && {
      verify: own.verify.values.map((set) => Object.fromEntries(set.map(({ name, value }) => [name, value]))),
    }),
    needs: [...new Set(runbooks.flatMap((runbook) => runbook.needs))],
    values: [...parameters.values()].map((parameter) => describeValue(parameter, given, values)),
    runbooks: runbooks.map((runbook) => ({
      id: runbook.id,
      title: runbook.title,
      file: runbook.file,
      requires: runbook.requires.map(({ id }) => id),
      targets: Object.fromEntries(runbook.targets.map(({ name, command }) => [name, command])),
      steps: runbook.steps.map((step) => describeStep(runbook, step, values)),
    })),
  };
}

function describeValue(parameter: Parameter, given: Values, values: Values): Record<string, unknown> {
  const { name, description, pattern, enum: choices, list, secret, multiline, default: fallback } = parameter;
  const value = values.get(name);
  return {
    name,
    ...(value !== undefined && { value, origin: given.has(name) ? "given" : "default" }),
    ...(description !== undefined && { description }),
    ...(fallback !== undefined && { default: fallback }),
    ...(pattern !== undefined && { pattern }),
    ...(choices && { enum: choices }),
    ...(list && { list }),
    ...(secret && { secret }),
    ...(multiline && { multiline }),
  };
}

function describeStep(runbook: Runbook, step: Step, values: Values): Record<string, unknown> {
  const { id, title, on, fence, file, timeoutMs, retry, sets, danger, keeps, output, session } = step;
  const { exits, background, reboot } = step;
  return {
    id,
    ...(title !== undefined && { title }),
    target: on,
    file: runbook.file,
    line: fence.span.start.line,
    language: (session ?? fence).language,
    text: fence.text,
    ...(session && { session: session.text }),
    shown: shownText(step, values),
    ...(file && {
      writes: { path: substitute(file.path, values), ...(file.mode !== undefined && { mode: file.mode }) },
    }),
    ...(sets.length > 0 && { sets }),
    ...(endsWell(step) ? {} : { exits }),
    ...(background && { background }),
    ...(reboot && { reboot }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(retry > 1 && { retry }),
    ...(danger !== undefined && { danger }),
    ...(keeps !== undefined && { keeps }),
    when: step.when.map(describeAttached),
    guard: step.guard.map(describeAttached),
    proof: step.proof.map(describeAttached),
    undo: step.undo.map(describeAttached),
    ...(output && { output: output.text }),
  };
}

function describeAttached({ text, on, withinMs, timeoutMs, span }: Attached): Record<string, unknown> {
  return {
    line: span.start.line,
    text,
    ...(on !== undefined && { target: on }),
    ...(withinMs !== undefined && { withinMs }),
    ...(timeoutMs !== undefined && { timeoutMs }),
  };
}
