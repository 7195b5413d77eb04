import { join } from "node:path";
import { Worker } from "node:worker_threads";
import type { AstroIntegration } from "astro";
import type { Runbook } from "../../language/model/runbook.ts";
import { shareContent } from "../proof/read-content.ts";
import type { CheckedContent, Found } from "./checked-content.ts";
import { type ParsedPage, ParsedPages, shareParsed } from "./parsed/parsed-pages.ts";

/**
 * Fails the build where a page's procedure means nothing certain, with all errors of all pages at their
 * places. The plugin can't do this itself: Astro gives it a text whose lines are not the page's. While pages
 * are written, the errors stand in the terminal and over whatever page is open. What a build reads for this the pages are made from.
 */
export function checkContent(folder: string): AstroIntegration {
  let checked: Promise<CheckedContent> | undefined;
  return {
    name: "check-content",
    hooks: {
      "astro:config:setup": ({ command }) => {
        if (command !== "build") return;
        checked = checkBeside(folder);
        shareContent(checked);
      },
      "astro:build:start": async ({ logger }) => {
        const errors = (await checked)?.errors ?? [];
        for (const { shown } of errors) logger.error(shown);
        if (errors.length > 0) throw new Error(`${errors.length} errors in content/; \`./runbook check\` shows them`);
      },
      "astro:server:setup": async ({ server, logger }) => {
        const { findErrors, root } = await import("./checked-content.ts");
        let errors: Found[] = [];
        const overlay = () => {
          const [first] = errors;
          if (first) server.ws.send({ type: "error", err: errorOf(first) });
        };
        const look = async () => {
          errors = await findErrors(folder);
          for (const { shown } of errors) logger.error(shown);
          overlay();
        };
        for (const event of ["change", "add", "unlink"]) {
          server.watcher.on(event, (file) => {
            if (file.startsWith(join(root, folder))) void look();
          });
        }
        // A page that is loaded anew has not seen the earlier message.
        server.ws.on("connection", overlay);
        void look();
      },
    },
  };
}

function errorOf({ message, file, span: { start }, shown }: Found) {
  return { message, stack: "", plugin: "check", id: file, frame: shown, loc: { file, ...start } };
}

/** What the thread says: of each page, and of all at last. */
interface Said {
  file: string;
  parsed?: ParsedPage;
  content?: CheckedContent;
}

/** What the pages say and what is wrong with it, read beside the build's other work, which goes on from what was parsed. */
function checkBeside(folder: string): Promise<CheckedContent> {
  const worker = new Worker(new URL("./checked-content-worker.ts", import.meta.url), { workerData: folder });
  const pages = new ParsedPages();
  shareParsed(pages);
  const runbooks: [file: string, Runbook][] = [];
  const { promise, resolve, reject } = Promise.withResolvers<CheckedContent>();
  worker.on("message", ({ file, parsed, content }: Said) => {
    // The runbooks that went out with their pages stand for the same ones: what is known of one need not be worked out again.
    if (content) resolve({ ...content, runbooks: new Map([...content.runbooks, ...runbooks]) });
    else pages.add(file, parsed);
    if (parsed?.page.runbook) runbooks.push([parsed.page.file, parsed.page.runbook]);
  });
  worker.on("error", reject);
  // Whatever the thread ended by, nobody waits for a page of it any longer.
  worker.on("exit", () => pages.end());
  promise.catch(() => {}); // told where it is waited for
  return promise;
}
