import type { APIRoute } from "astro";
import { asOf, comparison } from "../data/compare/systems.ts";

/** The comparison as data. */
export const GET: APIRoute = () => Response.json({ version: 1, asOf, systems: comparison });
