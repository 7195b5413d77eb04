import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { faultyPage } from "./faulty-page.ts";

const root = join(import.meta.dirname, "../..");

/** Asks the editor's own client, at the `$NAME` of the step, and writes the answers to a file. */
const driver = `
local function ask(method, line, character, more)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  params.position = { line = line, character = character }
  for name, value in pairs(more or {}) do params[name] = value end
  for _, answer in pairs(vim.lsp.buf_request_sync(0, method, params, 120000) or {}) do return answer.result end
end
vim.wait(120000, function() return #vim.diagnostic.get(0) > 0 end)
local said = vim.diagnostic.get(0)
local range = { start = { line = 12, character = 8 }, ["end"] = { line = 12, character = 8 } }
local answers = {
  diagnostics = vim.tbl_map(function(one) return { one.lnum, one.message } end, said),
  hover = ask("textDocument/hover", 9, 15),
  definition = ask("textDocument/definition", 9, 15),
  completion = ask("textDocument/completion", 9, 14),
  lenses = ask("textDocument/codeLens", 0, 0),
}
local lens = answers.lenses[1].command
vim.lsp.commands[lens.command](lens)
vim.wait(120000, function() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), ""):find("exec") end)
answers.terminal = vim.api.nvim_buf_get_lines(0, 0, -1, false)
answers.kind = vim.bo.buftype
vim.fn.writefile({ vim.fn.json_encode(answers) }, "answers.json")
vim.cmd("quitall!")
`;

/** The configuration that the documentation gives to this version of the editor, with this checkout's server. */
function documented(): string {
  const text = readFileSync(join(root, "content/authors/in-an-editor.md"), "utf8");
  const [later = "", older = "", lens = ""] = [...text.matchAll(/^```lua\n([\s\S]*?)^```/gm)].map(
    ([, lua = ""]) => lua,
  );
  const { stdout } = spawnSync("nvim", ["--version"], { encoding: "utf8" });
  const [, major = 0, minor = 0] = (/NVIM v(\d+)\.(\d+)/.exec(stdout) ?? []).map(Number);
  const server = [process.execPath, join(root, "src/cli/start.cjs"), "lsp"].map((word) => JSON.stringify(word));
  const lua = major > 0 || minor >= 11 ? later : older;
  expect(lua).toContain('{ "/path/to/checkout/runbook", "lsp" }');
  return lua.replace('{ "/path/to/checkout/runbook", "lsp" }', `{ ${server.join(", ")} }`) + lens;
}

test("Debian's Neovim, set up as the documentation says, shows what the server answers", () => {
  const dir = mkdtempSync(join(tmpdir(), "runbook-neovim-"));
  onTestFinished(() => rmSync(dir, { recursive: true, force: true }));
  const write = (name: string, text: string): void => writeFileSync(join(dir, name), text);
  // Debian's Neovim has no name for the language of such a file.
  write("page.mdx", faultyPage("page"));
  write("init.lua", documented());
  write("drive.lua", driver);
  const { stderr, status } = spawnSync("nvim", ["--headless", "-n", "-u", "init.lua", "page.mdx", "-S", "drive.lua"], {
    cwd: dir,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: dir, XDG_STATE_HOME: dir, XDG_CACHE_HOME: dir, XDG_RUNTIME_DIR: dir },
    timeout: 280_000,
  });
  expect([stderr, status]).toEqual(["", 0]);
  const answers = JSON.parse(readFileSync(join(dir, "answers.json"), "utf8"));
  expect(answers.diagnostics).toContainEqual([12, expect.stringContaining('The page has no step "meke".')]);
  expect(JSON.stringify(answers.hover)).toContain("What it is called");
  expect(JSON.stringify(answers.definition)).toMatch(/"line":\s*5/);
  expect(JSON.stringify(answers.completion)).toContain("NAME");
  expect(JSON.stringify(answers.lenses)).toContain("runbook exec");
  // A lens's line is typed, and waits for Enter.
  expect([answers.kind, answers.terminal.join("")]).toEqual(["terminal", expect.stringContaining("runbook exec")]);
});
