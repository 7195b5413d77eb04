import { brokenRule, type ValueRules } from "../../../language/values/rules.ts";

/** A value and the rules that it is to be checked by. */
export interface Question {
  rules: ValueRules;
  value: string;
}

// Says that it is loaded; from then on each question has its answer.
postMessage("ready");
addEventListener("message", ({ data: { rules, value } }: MessageEvent<Question>) => {
  postMessage(brokenRule(rules, value) ?? "");
});
