import { parentPort, workerData } from "node:worker_threads";
import { checkedContent } from "./checked-content.ts";

// A thread that reads and checks what is below the folder that it is given. Each page goes out at once, since the pages are rendered meanwhile.
const content = await checkedContent(workerData, (file, parsed) => parentPort?.postMessage({ file, parsed }));
parentPort?.postMessage({ content });
