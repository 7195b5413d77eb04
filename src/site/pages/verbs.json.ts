import type { APIRoute } from "astro";
import { asOf, toolsets } from "../data/verbs/index.ts";
import { verbs } from "../data/verbs/verb.ts";

/** The verbs in every system's commands, as data. */
export const GET: APIRoute = () => Response.json({ version: 1, asOf, verbs, systems: toolsets });
