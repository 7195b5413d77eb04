import { dispatch } from "./dispatch.ts";

// What reads us may end first (`| head`), and a terminal may go away; a run must survive both.
for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});

const exitCode = await dispatch(process.argv.slice(2), {
  out: (text) => process.stdout.write(text),
  err: (text) => process.stderr.write(text),
  env: process.env,
  cwd: process.cwd(),
  stdin: process.stdin,
  stdout: process.stdout,
  stderr: process.stderr,
});

// Something may still be listened to, such as the terminal; what was written goes out first.
process.exitCode = exitCode;
process.stdout.write("", () => process.stderr.write("", () => process.exit(exitCode)));
