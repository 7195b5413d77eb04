/** Options that take the next word, by command; what a command's operands are depends on them. */
export interface Wrapper {
  /** Options whose value is a word of its own. */
  valued?: string;
  /** Operands before the command that it runs: a container, a host, a folder. */
  before?: number;
  /** Without a command it starts a shell. */
  shell?: boolean;
  /** It starts a shell only with one of these options. */
  shellBy?: string;
  /** With one of these options it starts nothing that reads. */
  never?: string;
  /** Words of the form NAME=value stand before the command. */
  assignments?: boolean;
}

/** Commands that run the command that follows them, somewhere else or otherwise. */
export const WRAPPERS: Readonly<Record<string, Wrapper>> = {
  exec: { valued: "-a" },
  command: { never: "-v -V" },
  builtin: {},
  nohup: {},
  setsid: {},
  env: { valued: "-u --unset -C --chdir", assignments: true },
  nice: { valued: "-n --adjustment" },
  ionice: { valued: "-c -n --class --classdata" },
  stdbuf: { valued: "-i -o -e" },
  timeout: { valued: "-k -s --kill-after --signal", before: 1 },
  flock: { valued: "-w --timeout -E", before: 1, never: "-c --command" },
  sudo: {
    valued: "-u -g -h -p -C -D -R -T -U -r -t --user --group --host --prompt --chdir --chroot",
    shellBy: "-i -s --login --shell",
    assignments: true,
  },
  doas: { valued: "-u -C", shellBy: "-s" },
  chroot: { valued: "--userspec --groups", before: 1, shell: true },
  nsenter: { valued: "-t --target -S -G --setuid --setgid", shell: true },
  unshare: { valued: "-S -G --setuid --setgid -R --root -w --wd", shell: true },
  setpriv: { valued: "--reuid --regid --groups" },
  newgrp: { before: 1, shell: true },
  sg: { before: 1, shell: true, never: "-c" },
  "lxc-attach": {
    valued:
      "-n --name -a --arch -s --namespaces -o --logfile -l --logpriority -P --lxcpath -v --set-var -u --uid -g --gid -L -f --rcfile",
    shell: true,
  },
  "incus exec": { valued: "--cwd --env --user --group --mode --project", before: 1 },
  "lxc exec": { valued: "--cwd --env --user --group --mode --project", before: 1 },
  "docker exec": {
    valued: "-e --env -u --user -w --workdir --env-file --detach-keys",
    before: 1,
    never: "-d --detach",
  },
  "docker compose exec": { valued: "-e --env -u --user -w --workdir --index", before: 1, never: "-d --detach" },
  "docker run": {
    valued:
      "-e --env -u --user -w --workdir --env-file -v --volume --mount -p --publish --name --network --net -h --hostname --entrypoint " +
      "-m --memory --cpus -l --label --restart --tmpfs --cap-add --cap-drop --device --security-opt --ulimit --add-host --dns --platform " +
      "--runtime --pid --ipc --userns --uts --cgroupns --log-driver --log-opt --gpus --volumes-from --link --expose --shm-size --sysctl",
    before: 1,
    shellBy: "-i --interactive",
    never: "-d --detach --entrypoint",
  },
  "docker start": { before: 1, shellBy: "-i --interactive" },
  "kubectl exec": { valued: "-c --container -n --namespace --context", before: 1 },
  "ip netns exec": { before: 1 },
  "machinectl shell": { valued: "-M --machine --uid -E --setenv", before: 1, shell: true },
  ssh: {
    valued: "-b -c -D -E -e -F -I -i -J -L -l -m -o -p -R -S -w",
    before: 1,
    shell: true,
    never: "-N -f -G -V -O -Q -W",
  },
};

/** Words that stand for others in the table: the same command by another name. */
export const SAME: Readonly<Record<string, string>> = {
  podman: "docker",
  nerdctl: "docker",
  "docker-compose": "docker compose",
};

/** Options with values that stand between a command's name and its subcommand. */
export const GLOBALS: Readonly<Record<string, string>> = {
  docker: "-H --host -c --context -l --log-level --config -f --file -p --project-name",
  virsh: "-c --connect -d -e -l",
  kubectl: "-n --namespace --context --kubeconfig --cluster --user",
};

/** Shells: without a command (`-c`) or a script they read commands. */
export const SHELLS: ReadonlySet<string> = new Set("sh bash dash ash zsh ksh mksh fish".split(" "));

/** Commands that always open a line to somewhere, by their first words. */
export const LINES: ReadonlySet<string> = new Set([
  ...[
    "lxc-console",
    "docker attach",
    "incus console",
    "lxc console",
    "incus shell",
    "lxc shell",
    "xl console",
    "pct enter",
  ],
  ...[
    "virsh console",
    "pct console",
    "qm terminal",
    "multipass shell",
    "limactl shell",
    "distrobox enter",
    "toolbox enter",
    "machinectl login",
  ],
]);

/** Programs that read commands or answers, unless one of these options or more operands than these say otherwise. */
export const READERS: Readonly<Record<string, { unless?: string; operands?: number }>> = {
  python: { unless: "-c -m -V --version -h --help", operands: 0 },
  python3: { unless: "-c -m -V --version -h --help", operands: 0 },
  perl: { unless: "-e -E -v -V --version", operands: 0 },
  ruby: { unless: "-e -v --version", operands: 0 },
  node: { unless: "-e -p --eval --print -v --version --check", operands: 0 },
  lua: { unless: "-e -v", operands: 0 },
  php: { unless: "-r -v -i -m --version", operands: 0 },
  mysql: { unless: "-e --execute -V --version -? --help" },
  mariadb: { unless: "-e --execute -V --version -? --help" },
  psql: { unless: "-c -f -l --command --file --list -V --version" },
  sqlite3: { unless: "-version --version -init", operands: 1 },
  "redis-cli": { unless: "-x --eval -v --version --pipe", operands: 0 },
  mongosh: { unless: "--eval -f --file --version" },
  sftp: { unless: "-b" },
  telnet: {},
  fdisk: { unless: "-l --list -V --version -s -x" },
  parted: { unless: "-s --script -l --list -v --version" },
  passwd: { unless: "-d -e -l -u -S --delete --expire --lock --unlock --status -s --stdin" },
  vi: {},
  vim: { unless: "-es -c --version" },
  nvim: { unless: "--headless --version" },
  nano: { unless: "--version" },
  emacs: { unless: "--batch -batch --version" },
  editor: {},
  visudo: { unless: "-c --check" },
  "systemctl edit": { unless: "--stdin" },
  "virsh edit": {},
  read: { unless: "-u" },
};
