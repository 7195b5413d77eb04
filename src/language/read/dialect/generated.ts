import type { Complaints } from "../../model/complaints.ts";
import type { Dialect } from "../../model/dialect.ts";
import type { PageFence } from "../../model/page.ts";
import { spanInFence } from "../fence/fence.ts";

/** Text that a documentation tool replaces, in fences too, before a reader sees the page. */
const GENERATED: Readonly<Partial<Record<Dialect, { form: RegExp; what: string }>>> = {
  hugo: { form: /\{\{[<%][\s\S]*?[>%]\}\}/g, what: "Hugo puts what a shortcode yields in this place" },
  mkdocs: {
    form: /^[ \t]*-+8<-+(?:[ \t].*)?$|;-+8<-+/gm,
    what: "MkDocs' snippets put another file's text in this place",
  },
};

/** Complains of text in a tagged fence that readers never see: they would run something else than the runner. */
export function findGenerated(fences: readonly PageFence[], dialect: Dialect, complaints: Complaints): void {
  const generated = GENERATED[dialect];
  if (!generated) return;
  for (const fence of fences) {
    if (fence.role === undefined || fence.role === "norun") continue;
    for (const { 0: text, index } of fence.text.matchAll(generated.form)) {
      const span = spanInFence(fence, index, index + text.length);
      complaints.add("generated-text", span, `${generated.what}, so what is shown is not what would run.`, {
        hint: "Write what it stands for, or a parameter.",
      });
    }
  }
}
