import { RunbookError } from "../../../errors/runbook-error.ts";
import { didYouMean } from "../../../words/nearest.ts";
import type { Context } from "../../context.ts";

// All ask the program itself, which knows ids and names; a line that ends in `=` is to be typed on.
// Bash splits words at `=` and `:`, and replaces only what stands behind the last of them.
const BASH = `_runbook() {
  local line before=\${COMP_LINE:0:COMP_POINT} words current prefix
  read -ra words <<<"$before"
  case $before in *[[:space:]]) words+=("") ;; esac
  current=\${words[\${#words[@]}-1]}
  prefix=\${current%"\${current##*[=:]}"}
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :files) compopt -o default ;;
      :folders) compopt -o dirnames ;;
      *=) compopt -o nospace; COMPREPLY+=("\${line#"$prefix"}") ;;
      *) COMPREPLY+=("\${line#"$prefix"}") ;;
    esac
  done < <("\${1/#\\~/$HOME}" __complete "\${words[@]:1}" 2>/dev/null </dev/null)
}
complete -F _runbook runbook
`;

const ZSH = `#compdef runbook
_runbook() {
  local line
  local -a open closed
  local paths=
  for line in "\${(@f)$("\${words[1]/#\\~/$HOME}" __complete "\${(@)words[2,CURRENT]}" 2>/dev/null </dev/null)}"; do
    case $line in
      '') ;;
      :files) paths=-f ;;
      :folders) paths=-/ ;;
      *=) open+=("$line") ;;
      *) closed+=("$line") ;;
    esac
  done
  (( $#open )) && compadd -S '' -- "\${open[@]}"
  (( $#closed )) && compadd -- "\${closed[@]}"
  [[ -n $paths ]] && { [[ $paths = -/ ]] && _files -/ || _files; }
  return 0
}
compdef _runbook runbook ./runbook
`;

// Fish inserts no space behind a completion that ends in `=`.
const FISH = `function __runbook_complete
    set --local words (commandline --current-process --tokenize --cut-at-cursor)
    set --local current (commandline --current-token --cut-at-cursor)
    set --local program (string replace --regex '^~(?=/|$)' "$HOME" -- $words[1])
    set --erase words[1]
    # Fish shows an error of its own where there is no such program.
    type --query -- $program
    or return
    for line in ($program __complete $words "$current" 2>/dev/null </dev/null)
        switch $line
            case :files
                __fish_complete_path "$current"
            case :folders
                __fish_complete_directories "$current" ''
            case '*'
                printf '%s\\n' $line
        end
    end
end
complete --command runbook --no-files --arguments '(__runbook_complete)'
`;

const SCRIPTS: ReadonlyMap<string, string> = new Map([
  ["bash", BASH],
  ["zsh", ZSH],
  ["fish", FISH],
]);

/** Prints a shell's completion. */
export async function run({ io, words }: Context): Promise<number> {
  const shell = words[0] ?? "";
  const script = SCRIPTS.get(shell);
  if (script === undefined) {
    throw new RunbookError("unknown-shell", `There is no completion for "${shell}".`, {
      hint: didYouMean(shell, SCRIPTS.keys(), "There is one for bash, one for zsh and one for fish.") ?? "",
    });
  }
  io.out(script);
  return 0;
}
