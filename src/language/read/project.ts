import type { Complaints } from "../model/complaints.ts";
import type { PageFence } from "../model/page.ts";
import type { ProjectSettings } from "../model/project.ts";
import { checkValue } from "../values/check-value.ts";
import { attributeOf } from "./fence/tagged.ts";
import type { Header } from "./frontmatter/header.ts";

/**
 * Gives a page's header what its project says: a default where a parameter has none, and each target that a fence names and
 * the page does not declare. What a page says itself stays; what it does not use is left out, so that it changes no hash.
 */
export function takeSettings(
  header: Header,
  fences: readonly PageFence[],
  { defaults, targets }: ProjectSettings,
  complaints: Complaints,
): void {
  for (const parameter of header.params) {
    const value = Object.hasOwn(defaults, parameter.name) ? defaults[parameter.name] : undefined;
    if (value === undefined || parameter.default !== undefined || parameter.secret) continue;
    const problem = checkValue(parameter, value);
    if (problem === undefined) parameter.default = value;
    else {
      complaints.add("bad-default", parameter.span, `The project's default breaks the page's rule: ${problem}`, {
        hint: "Change it in the project's configuration, or give the page a default of its own.",
      });
    }
  }
  for (const fence of fences) {
    const on = attributeOf(fence, "on");
    const command = on && Object.hasOwn(targets, on.value) ? targets[on.value] : undefined;
    if (!on || command === undefined || header.targets.some(({ name }) => name === on.value)) continue;
    header.targets.push({ name: on.value, command, span: on.valueSpan });
  }
}
