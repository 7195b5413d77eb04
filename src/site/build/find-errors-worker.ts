import { parentPort, workerData } from "node:worker_threads";
import { findErrors } from "./find-errors.ts";

// A thread that finds the errors below the folder that it is given.
parentPort?.postMessage(await findErrors(workerData));
