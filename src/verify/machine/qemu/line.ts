import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { connect, createServer } from "node:net";
import { join } from "node:path";

/**
 * A process whose stdin, stdout and stderr are those of a shell in a virtual machine, and which exits as that does:
 * `node line.ts FOLDER LINES`, with `terminal [COMMAND]` behind it for a person. The folder holds the sockets of the
 * machine's lines, and each line carries one shell. agent.pl is the other end, and has the frames.
 */
const [folder = "", lines = "1", mode, ...words] = process.argv.slice(2);
const nonce = randomBytes(8);
const helloMs = 60_000;
/** The most bytes that the agent takes at once. */
const chunk = 32_768;

const frame = (kind: string, bytes: Buffer): Buffer => {
  const head = Buffer.alloc(5);
  head.write(kind, 0, "latin1");
  head.writeUInt32BE(bytes.length, 1);
  return Buffer.concat([head, bytes]);
};

const fail = (message: string): void => {
  process.stderr.write(`${message}\n`, () => process.exit(255));
};

/**
 * Takes a line that nobody uses. What holds it is an abstract socket of this process: it goes with the process, however that
 * ends. Where to begin is left to chance, so that a line has a moment's rest after its last shell.
 */
async function freeLine(): Promise<string> {
  const count = Number(lines);
  const first = randomBytes(1)[0] ?? 0;
  for (let tried = 0; tried < count; tried += 1) {
    const path = join(folder, `line-${((first + tried) % count) + 1}`);
    const holder = createServer().listen(`\0${path}`).unref();
    const held = await Promise.race([
      once(holder, "listening").then(() => true),
      once(holder, "error").then(() => false),
    ]).catch(() => false);
    if (held) return path;
  }
  throw new Error(`All ${lines} lines of the machine are in use.`);
}

const path = await freeLine().catch((error: unknown) => {
  process.stderr.write(`${error}\n`);
  process.exit(255);
});
const socket = connect(path);
socket.on("error", (error) => fail(`The machine's line ${path}: ${error.message}`));
socket.on("close", () => process.exit(255));
const late = setTimeout(() => fail("The machine does not answer."), helloMs);

const terminal = mode === "terminal";
if (terminal && process.stdin.isTTY) process.stdin.setRawMode(true);
const start = terminal ? `${process.stdout.rows ?? 24} ${process.stdout.columns ?? 80} ${words.join(" ")}` : "";
socket.write(frame("S", Buffer.concat([nonce, Buffer.from(start)])));

/** Sends what comes in; waits while the machine does not take it. */
function send(): void {
  process.stdin.on("data", (bytes: Buffer) => {
    for (let at = 0; at < bytes.length; at += chunk) {
      if (!socket.write(frame("I", bytes.subarray(at, at + chunk)))) process.stdin.pause();
    }
  });
  socket.on("drain", () => process.stdin.resume());
  process.stdin.on("end", () => socket.write(frame("E", Buffer.alloc(0))));
}

let waiting: Buffer = Buffer.alloc(0);
let greeted = false;
socket.on("data", (bytes: Buffer) => {
  waiting = waiting.length === 0 ? bytes : Buffer.concat([waiting, bytes]);
  while (waiting.length >= 5) {
    const length = waiting.readUInt32BE(1);
    if (waiting.length < 5 + length) return;
    take(waiting.toString("latin1", 0, 1), waiting.subarray(5, 5 + length));
    waiting = waiting.subarray(5 + length);
  }
});

function take(kind: string, bytes: Buffer): void {
  if (kind === "H" && bytes.equals(nonce)) {
    greeted = true;
    clearTimeout(late);
    send();
  }
  // Output that an earlier shell of this line left is dropped.
  if (!greeted) return;
  if (kind === "O") print(process.stdout, bytes);
  else if (kind === "R") print(process.stderr, bytes);
  else if (kind === "X") process.exitCode = Number(bytes.toString());
  if (kind !== "X") return;
  socket.removeAllListeners("close");
  socket.destroy();
  process.stdin.destroy();
}

/** Passes output on, and stops reading while the reader is slower. */
function print(to: NodeJS.WriteStream, bytes: Buffer): void {
  if (to.write(bytes)) return;
  socket.pause();
  to.once("drain", () => socket.resume());
}
