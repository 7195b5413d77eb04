import type { APIRoute, GetStaticPaths } from "astro";
import { runbookPages } from "../../proof/runbook-pages.ts";

/** The evidence files as they lie beside the pages. */
export const getStaticPaths: GetStaticPaths = async () => {
  const platforms = (await runbookPages()).flatMap(({ proof }) => proof.platforms);
  return platforms.map(({ evidence }) => ({
    params: { name: `${evidence.runbook}@${evidence.platform}` },
    props: { evidence },
  }));
};

export const GET: APIRoute = ({ props }) => Response.json(props["evidence"]);
