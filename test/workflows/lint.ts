import { spawnSync } from "node:child_process";

type Data = Record<string, unknown>;

const KEYS = {
  workflow: ["name", "run-name", "on", "permissions", "env", "defaults", "concurrency", "jobs"],
  job: [
    ...["name", "needs", "if", "runs-on", "environment", "concurrency", "outputs", "env", "defaults", "steps"],
    ...["timeout-minutes", "strategy", "continue-on-error", "container", "services", "permissions"],
  ],
  step: [
    ...["id", "if", "name", "uses", "run", "shell", "with", "env", "continue-on-error", "timeout-minutes"],
    "working-directory",
  ],
  concurrency: ["group", "cancel-in-progress"],
  strategy: ["matrix", "fail-fast", "max-parallel"],
  container: ["image", "credentials", "env", "ports", "volumes", "options"],
  action: ["name", "description", "author", "branding", "inputs", "outputs", "runs"],
};
const EVENTS = ["push", "pull_request", "schedule", "workflow_dispatch", "workflow_call", "release"];
const SCOPES = [
  ...["actions", "attestations", "checks", "contents", "deployments", "discussions", "id-token", "issues", "packages"],
  ...["pages", "pull-requests", "security-events", "statuses"],
];
const FUNCTIONS = [
  ...["always", "success", "failure", "cancelled", "contains", "startsWith", "endsWith", "format", "join"],
  ...["toJSON", "fromJSON", "hashFiles"],
];
const GITHUB = [
  ...["action_path", "actor", "base_ref", "event", "event_name", "head_ref", "job", "ref", "ref_name", "repository"],
  ...["run_id", "server_url", "sha", "token", "workflow", "workspace"],
];

/** What an expression may refer to. */
interface Scope {
  matrix: string[];
  needs: string[];
  steps: string[];
  inputs: string[];
}

const nothing: Scope = { matrix: [], needs: [], steps: [], inputs: [] };

/** What GitHub would refuse of a workflow, or read in another way than it is meant. */
export function lintWorkflow(workflow: Data): string[] {
  const found = [...strangeKeys("workflow", workflow, KEYS.workflow), ...lintEvents(workflow["on"])];
  found.push(...lintPermissions("workflow", workflow["permissions"]), ...lintConcurrency("workflow", workflow));
  const jobs = (workflow["jobs"] ?? {}) as Record<string, Data>;
  for (const [name, job] of Object.entries(jobs)) found.push(...lintJob(name, job, Object.keys(jobs)));
  return found;
}

/** The same of a composite action. */
export function lintAction(action: Data): string[] {
  const inputs = Object.keys((action["inputs"] ?? {}) as Data);
  const { using, steps } = (action["runs"] ?? {}) as { using?: string; steps?: Data[] };
  const found = [
    ...strangeKeys("action", action, KEYS.action),
    ...(using === "composite" ? [] : ["runs: no composite"]),
  ];
  // A composite action's commands have no shell of their own.
  for (const step of steps ?? []) if (step["run"] && !step["shell"]) found.push("a step has `run` and no shell");
  return [...found, ...lintSteps("action", steps ?? [], { ...nothing, inputs })];
}

function strangeKeys(where: string, data: unknown, known: readonly string[]): string[] {
  return Object.keys((data ?? {}) as Data)
    .filter((key) => !known.includes(key))
    .map((key) => `${where}: there is no key ${key}`);
}

function lintEvents(on: unknown): string[] {
  const events = typeof on === "string" ? [on] : Object.keys((on ?? {}) as Data);
  const found = events.filter((event) => !EVENTS.includes(event)).map((event) => `on: no event ${event} is wanted`);
  if (events.length === 0) found.push("on: there is no event");
  const crons = ((on as { schedule?: { cron?: string }[] } | undefined)?.schedule ?? []).map(({ cron = "" }) => cron);
  return [...found, ...crons.filter((cron) => !/^([\d*/,-]+ ){4}[\d*/,-]+$/.test(cron)).map((cron) => `cron: ${cron}`)];
}

function lintPermissions(where: string, permissions: unknown): string[] {
  if (permissions === undefined) return [];
  if (typeof permissions !== "object") return [`${where}: permissions are no map`];
  return Object.entries(permissions as Data).flatMap(([scope, right]) =>
    SCOPES.includes(scope) && ["read", "write", "none"].includes(String(right))
      ? []
      : [`${where}: there is no permission ${scope}: ${right}`],
  );
}

function lintConcurrency(where: string, data: Data): string[] {
  const concurrency = data["concurrency"];
  return typeof concurrency === "object" ? strangeKeys(`${where}: concurrency`, concurrency, KEYS.concurrency) : [];
}

function lintJob(name: string, job: Data, jobs: readonly string[]): string[] {
  const needs = [job["needs"] ?? []].flat() as string[];
  const strategy = (job["strategy"] ?? {}) as Data;
  const steps = (job["steps"] ?? []) as Data[];
  const scope = { ...nothing, needs, matrix: Object.keys((strategy["matrix"] ?? {}) as Data) };
  const { steps: _, ...head } = job;
  return [
    ...strangeKeys(name, job, KEYS.job),
    ...strangeKeys(`${name}: strategy`, strategy, KEYS.strategy),
    ...(typeof job["container"] === "object"
      ? strangeKeys(`${name}: container`, job["container"], KEYS.container)
      : []),
    ...lintPermissions(name, job["permissions"]),
    ...lintConcurrency(name, job),
    ...needs.filter((need) => need === name || !jobs.includes(need)).map((need) => `${name}: needs no job ${need}`),
    ...(/^(ubuntu|macos|windows)-[\d.]+$/.test(String(job["runs-on"])) ? [] : [`${name}: runs-on ${job["runs-on"]}`]),
    ...(steps.length === 0 ? [`${name}: there are no steps`] : []),
    // What a job says of its end is known of all its steps.
    ...lintExpressions(name, head, { ...scope, steps: idsOf(steps) }),
    ...lintSteps(name, steps, scope),
  ];
}

function idsOf(steps: readonly Data[]): string[] {
  return steps.map((step) => String(step["id"] ?? "")).filter(Boolean);
}

function lintSteps(where: string, steps: readonly Data[], scope: Scope): string[] {
  return steps.flatMap((step, index) => {
    const at = `${where}, step ${index + 1}`;
    const found = strangeKeys(at, step, KEYS.step);
    if ("uses" in step === "run" in step) found.push(`${at}: one of \`uses\` and \`run\``);
    if ("with" in step && !("uses" in step)) found.push(`${at}: \`with\` without \`uses\``);
    for (const key of ["shell", "working-directory"]) {
      if (key in step && !("run" in step)) found.push(`${at}: \`${key}\` without \`run\``);
    }
    if (typeof step["run"] === "string") found.push(...lintShell(at, step["run"]));
    return [...found, ...lintExpressions(at, step, { ...scope, steps: idsOf(steps.slice(0, index)) })];
  });
}

function lintShell(at: string, text: string): string[] {
  const { status, stderr } = spawnSync("bash", ["-n"], { input: text, encoding: "utf8" });
  return status === 0 ? [] : [`${at}: ${stderr.trim()}`];
}

/** Every expression in a part: in `${{ }}`, and an `if`, which is one by itself. */
function lintExpressions(at: string, part: Data, scope: Scope): string[] {
  const texts = [...JSON.stringify(part).matchAll(/\$\{\{(.*?)\}\}/g)].map(([, text = ""]) => text);
  const condition = typeof part["if"] === "string" ? [part["if"]] : [];
  return [...texts, ...condition].flatMap((text) => lintExpression(at, text, scope));
}

function lintExpression(at: string, text: string, scope: Scope): string[] {
  // Of a reference its parts, of a call the name.
  const words = text.replaceAll(/'[^']*'/g, "").match(/[A-Za-z_][\w-]*(?:\.[\w*-]+)*\s*\(?/g) ?? [];
  return words.flatMap((word) => {
    const name = word.trim();
    if (name.endsWith("(")) return FUNCTIONS.includes(name.slice(0, -1).trim()) ? [] : [`${at}: no function ${name})`];
    if (["true", "false", "null"].includes(name)) return [];
    const [context = "", member = ""] = name.split(".");
    const known: Record<string, readonly string[] | undefined> = {
      ...scope,
      github: GITHUB,
      // What these have is not known here.
      ...{ env: undefined, runner: undefined, vars: undefined, secrets: undefined },
    };
    if (!Object.hasOwn(known, context)) return [`${at}: no context ${context}`];
    return known[context]?.includes(member) === false ? [`${at}: ${context} has no ${member}`] : [];
  });
}
