import { drawn, instead, type Toolset } from "../verb.ts";

const reference = "https://docs.docker.com/reference/cli/docker";

/** Application containers: what is not in the image or a volume is meant to be thrown away. */
export const docker: Toolset = {
  name: "Docker",
  system: "docker",
  by: "`docker`. The image `web1-image:1` is built from a Dockerfile, by [the page that the commands are of](/docker/docker-everyday/#image).",
  answers: {
    create: drawn(
      "docker-everyday/create",
      `${reference}/container/create/`,
      "`docker run --detach` with the same options creates and starts. Limits can be given here, or later.",
    ),
    start: drawn("docker-everyday/start", `${reference}/container/start/`),
    stop: drawn(
      "docker-everyday/stop",
      `${reference}/container/stop/`,
      "The image's stop signal to the first process (SIGTERM unless it names another), SIGKILL after a grace period of 10 seconds; `docker kill web1` at once.",
    ),
    list: drawn(
      "docker-everyday/list",
      `${reference}/container/ls/`,
      "Without `--format` there are more columns; without `--all` only those that run.",
    ),
    enter: drawn(
      "docker-everyday/enter",
      `${reference}/container/exec/`,
      "With `--tty` there is a prompt. The image must contain the shell; many small ones have none.",
    ),
    run: drawn("docker-everyday/run", `${reference}/container/exec/`),
    copy: drawn(
      "docker-everyday/copy",
      `${reference}/container/cp/`,
      "Works on a stopped container too. It is gone with the container: put it into the image or a volume.",
    ),
    limit: drawn("docker-everyday/limit", `${reference}/container/update/`, "At once, on a running container."),
    disk: instead(
      ["docker-everyday/volume", "docker-everyday/disk"],
      `${reference}/container/run/#mount`,
      "Mounts are fixed when a container is created: make it anew with a volume, and give every option again. A volume of the driver `local` has no size of its own. What the old container wrote outside a volume stays in it, under the name `web1-before`: `docker rm web1-before` once the new one works; back by `docker rm --force web1`, `docker rename web1-before web1` and `docker start web1`.",
    ),
    network: drawn(
      ["docker-everyday/network", "docker-everyday/connect"],
      `${reference}/network/connect/`,
      "Ports are published only on creation, by `--publish 127.0.0.1:8080:80`; without an address [past ufw](/fix/docker-port-open-despite-ufw/).",
    ),
    snapshot: instead(
      ["docker-everyday/snapshot", "docker-everyday/restore"],
      `${reference}/container/commit/`,
      "`docker commit` makes an image of the container's files, without its volumes and processes. Back means a new container from that image: give limits, mounts and networks again. What is in a volume does not go back. The container of now is kept as `web1-after`; delete it when nothing of it is needed.",
    ),
    clone: instead(
      "docker-everyday/clone",
      `${reference}/container/run/`,
      "Containers are not cloned: start a second one from the same image. What the first one has written is not in it, unless committed.",
    ),
    move: instead(
      ["docker-everyday/save", "docker-everyday/load"],
      `${reference}/image/save/`,
      "Containers are not moved: the image goes through a registry, or as a file that is copied between these two commands, and a new container starts there. Volumes are [copied apart](/docker/docker-backup/). The old one runs on until it is removed.",
    ),
    delete: drawn(
      "docker-everyday/delete",
      `${reference}/container/rm/`,
      "`--volumes` takes unnamed volumes only; `docker volume rm web1-data` the others. Images that were made of it stay.",
    ),
    logs: drawn(
      "docker-everyday/logs",
      `${reference}/container/logs/`,
      "What the first process writes to stdout and stderr. `--follow` goes on.",
    ),
  },
};
