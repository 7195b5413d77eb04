import { parentPort, workerData } from "node:worker_threads";
import { checkedContent } from "./checked-content.ts";

// A thread that reads and checks what is below the folder that it is given.
parentPort?.postMessage(await checkedContent(workerData));
