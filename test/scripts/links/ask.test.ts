import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ask, politely } from "../../../scripts/links/ask.ts";

const asked: string[] = [];
let server: Server;
let home = "";
let flaky = 2;

beforeAll(async () => {
  server = createServer(({ method, url = "" }, response) => {
    asked.push(`${method} ${url}`);
    const statuses: Record<string, number> = { "/gone": 404, "/no-head": method === "HEAD" ? 405 : 200, "/": 200 };
    const places: Record<string, [number, string]> = {
      "/moved": [301, "/"],
      "/for-now": [302, "/"],
      "/circle": [302, "/circle"],
    };
    const [status, location] = places[url] ?? [url === "/flaky" && flaky-- > 0 ? 503 : (statuses[url] ?? 200)];
    response.writeHead(status, location ? { location } : {}).end();
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  home = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const options = { tries: 3, pause: 1, timeout: 5000 };

test("what is there needs one question", async () => {
  expect(await ask(`${home}/`, options)).toEqual({ status: 200 });
  expect(asked).toEqual(["HEAD /"]);
});

test.each([
  ["/gone", { status: 404 }],
  ["/no-head", { status: 200 }],
  ["/flaky", { status: 200 }],
  ["/for-now", { status: 200 }],
  ["/circle", { status: 0, reason: "leads in a circle" }],
])("%s", async (path, answer) => {
  expect(await ask(home + path, options)).toEqual(answer);
});

test("what has moved for good says where", async () => {
  expect(await ask(`${home}/moved`, options)).toEqual({ status: 200, moved: `${home}/` });
});

test("where nobody answers there is a reason", async () => {
  const { status, reason } = await ask("http://127.0.0.1:9/", { ...options, tries: 1 });
  expect(status).toBe(0);
  expect(reason).toBeTruthy();
});

test("a server is asked one thing at a time, several servers at once", async () => {
  const running = new Map<string, number>();
  let together = 0;
  await politely(
    ["a1", "a2", "a3", "b1", "b2", "c1"],
    2,
    ([key = ""]) => key,
    async ([key = ""]) => {
      running.set(key, (running.get(key) ?? 0) + 1);
      expect(running.get(key)).toBe(1);
      together = Math.max(
        together,
        [...running.values()].reduce((sum, one) => sum + one, 0),
      );
      await new Promise((done) => setTimeout(done, 5));
      running.set(key, 0);
    },
  );
  expect(together).toBe(2);
});
