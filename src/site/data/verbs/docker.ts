import { does, lacks, type Toolset } from "./verb.ts";

const reference = "https://docs.docker.com/reference/cli/docker";

/** Application containers: what is not in the image or a volume is meant to be thrown away. */
export const docker: Toolset = {
  name: "Docker",
  system: "docker",
  by: "`docker`. The image `nginx` comes from Docker Hub.",
  language: "sh",
  answers: {
    create: does(
      "docker create --name web1 --memory 2g --cpus 2 --publish 8080:80 nginx",
      `${reference}/container/create/`,
      "`docker run --detach` with the same options creates and starts.",
    ),
    start: does("docker start web1", `${reference}/container/start/`),
    stop: does(
      "docker stop web1",
      `${reference}/container/stop/`,
      "The image's stop signal to the first process (SIGTERM unless it names another), SIGKILL after a grace period of 10 seconds; `docker kill web1` at once.",
    ),
    list: does("docker ps --all", `${reference}/container/ls/`),
    enter: does(
      "docker exec --interactive --tty web1 sh",
      `${reference}/container/exec/`,
      "The image must contain a shell; many small ones have none.",
    ),
    run: does("docker exec web1 nginx -t", `${reference}/container/exec/`),
    copy: does(
      "docker cp index.html web1:/usr/share/nginx/html/",
      `${reference}/container/cp/`,
      "Works on a stopped container too. It is gone with the container: put it into the image or a volume.",
    ),
    limit: does(
      "docker update --memory 2g --memory-swap 2g --cpus 2 web1",
      `${reference}/container/update/`,
      "At once, on a running container.",
    ),
    disk: lacks(
      "Mounts are fixed when a container is created: make it anew with a volume, and give every option again. A volume of the driver `local` has no size of its own. What the old container wrote outside a volume stays in it, under the name `web1-before`: `docker rm web1-before` once the new one works; back by `docker rm --force web1`, `docker rename web1-before web1` and `docker start web1`.",
      `${reference}/container/run/#mount`,
      `docker volume create data
docker stop web1
docker rename web1 web1-before
docker run --detach --name web1 --memory 2g --cpus 2 --publish 8080:80 \\
  --mount type=volume,source=data,target=/data nginx`,
    ),
    network: does(
      `docker network create backend
docker network connect backend web1`,
      `${reference}/network/connect/`,
      "Ports are published only on creation, by `--publish 8080:80`, and [past ufw](/fix/docker-port-open-despite-ufw/).",
    ),
    snapshot: lacks(
      "`docker commit` makes an image of the container's files, without its volumes and processes. Back means a new container from that image: give limits, mounts and networks again. What is in a volume does not go back. The container of now is kept as `web1-after`; delete it when nothing of it is needed.",
      `${reference}/container/commit/`,
      `docker commit web1 web1:before
docker stop web1
docker rename web1 web1-after
docker run --detach --name web1 --memory 2g --cpus 2 --publish 8080:80 \\
  --mount type=volume,source=data,target=/data web1:before`,
    ),
    clone: lacks(
      "Containers are not cloned: start a second one from the same image. What the first one has written is not in it, unless committed.",
      `${reference}/container/run/`,
      "docker run --detach --name web2 --publish 8081:80 nginx",
    ),
    move: lacks(
      "Containers are not moved: the image goes through a registry, or by a pipe, and a new container starts there. Volumes are copied apart. The old one runs on until it is removed.",
      `${reference}/image/save/`,
      `docker commit web1 web1:moved
docker save web1:moved | ssh host2 docker load
ssh host2 docker run --detach --name web1 --publish 8080:80 web1:moved`,
    ),
    delete: does(
      "docker rm --force --volumes web1",
      `${reference}/container/rm/`,
      "`--volumes` takes unnamed volumes only; `docker volume rm data` the others. Images that were made of it stay.",
    ),
    logs: does(
      "docker logs --follow --tail 100 web1",
      `${reference}/container/logs/`,
      "What the first process writes to stdout and stderr.",
    ),
  },
};
