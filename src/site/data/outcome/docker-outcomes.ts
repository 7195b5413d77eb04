import type { Outcome } from "./outcome.ts";

/** Of Docker's runbooks. */
export const dockerOutcomes: Record<string, Outcome> = {
  "docker-host": {
    has: "Docker from Debian's packages, with logs that cannot fill the disk.",
    deletes:
      "all images and the build cache, and the packages that this page installed. It refuses while there is a container or a volume.",
    next: "docker-base-image",
    fails: {
      info: ["fix/cannot-connect-to-the-docker-daemon", "fix/docker-cgroup-mountpoint-does-not-exist"],
    },
  },
  "docker-base-image": {
    has: "The image `$BASE_IMAGE`, which Dockerfiles begin with.",
    deletes: "the image, unless a container uses it, and the packages that this page installed.",
    next: "docker-app",
    fails: { pull: ["fix/docker-name-resolution"], build: ["fix/docker-no-space-left-on-device"] },
  },
  "docker-everyday": {
    has: "A container `$WEB` with a volume and a network of its own, which starts with the host.",
    stop: 'docker stop "$WEB"',
    deletes: "the container, its volume with what is in it, its network and its images.",
    next: "docker-compose",
    fails: { run: ["fix/container-exited-137"], network: ["fix/docker-address-pools-exhausted"] },
  },
  "docker-app": {
    has: "An application `$APP` in a container, updated once, that answers on port `$APP_PORT` of the host's loopback address.",
    stop: 'docker stop "$APP"',
    deletes: "the container, the volume with all data in it, the images and the folder.",
    next: "docker-backup",
    fails: { build: ["fix/docker-name-resolution", "fix/docker-no-space-left-on-device"] },
  },
  "docker-compose": {
    has: "The services of `$PROJECT`, which answer on port `$SHOP_PORT` of the host's loopback address.",
    stop: 'docker-compose --file "/srv/$PROJECT/compose.yaml" stop',
    deletes: "the containers, their network and images, and the folder `/srv/$PROJECT`.",
    next: "docker-backup",
    fails: { up: ["fix/docker-address-pools-exhausted"] },
  },
  "docker-backup": {
    has: "A backup of the volume `$VOLUME` in `$BACKUP_DIR`, and the volume restored from it.",
    deletes: "the container, both volumes and the backup.",
    next: "topics/scheduled-snapshots",
  },
  "docker-rootless": {
    has: "A Docker daemon of the user `$ROOTLESS_USER`, which starts with the host.",
    deletes: "the daemon, and the user with all its images, volumes and files, if this page made the user.",
    next: "docker-everyday",
    fails: { service: ["fix/newuidmap-range-not-allowed"] },
  },
};
