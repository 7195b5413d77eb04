import { cell, type SystemFacts, support } from "./comparison.ts";

const docs = "https://docs.docker.com";
const linux = "https://linuxcontainers.org";
const canonical = "https://canonical.com/lxd/docs/latest";

/** Application containers. */
export const docker: SystemFacts = {
  kind: cell("application container", `${docs}/get-started/docker-overview/`),
  ownKernel: cell("no", `${docs}/engine/security/`, "the host's"),
  boundary: cell(
    "host's kernel",
    `${docs}/engine/security/`,
    "root inside is root outside by default, with fewer capabilities",
  ),
  guests: cell("Linux programs", `${docs}/build/building/multi-platform/`),
  windows: support(
    "supported, with caveats",
    "https://learn.microsoft.com/en-us/virtualization/windowscontainers/about/",
    "as containers, on a Windows host only",
  ),
  hosts: cell("Linux", `${docs}/engine/install/`, "macOS and Windows by a virtual machine, Docker Desktop"),
  architectures: cell(
    "amd64, arm64, arm, ppc64le, s390x",
    `${docs}/engine/install/`,
    "as packaged; foreign images by QEMU's user mode, slowly",
  ),
  hardware: cell("no", `${docs}/get-started/docker-overview/`, "the virtual machine of Docker Desktop does"),
  nested: support(
    "supported, with caveats",
    `${docs}/engine/security/rootless/tips/`,
    "a daemon in a privileged container",
  ),
  migration: support(
    "not offered",
    `${docs}/reference/cli/docker/checkpoint/`,
    "docker checkpoint, by CRIU, is experimental and moves nothing",
  ),
  snapshots: support(
    "not offered",
    `${docs}/reference/cli/docker/container/commit/`,
    "commit makes an image of the files",
  ),
  gpu: support("supported", `${docs}/engine/containers/gpu/`, "shared with the host, by the vendor's runtime"),
  rootless: support("supported, with caveats", `${docs}/engine/security/rootless/`, "no AppArmor, no overlay networks"),
  api: cell("HTTP", `${docs}/reference/api/engine/`),
  licence: cell("Apache 2.0", "https://github.com/moby/moby/blob/master/LICENSE", "Docker Desktop is proprietary"),
};

/** System containers without a daemon. */
export const lxc: SystemFacts = {
  kind: cell("system container", `${linux}/lxc/introduction/`),
  ownKernel: cell("no", `${linux}/lxc/introduction/`, "the host's"),
  boundary: cell(
    "host's kernel",
    `${linux}/lxc/security/`,
    "unprivileged: a user namespace; privileged: not root-safe",
  ),
  guests: cell("Linux systems", `${linux}/lxc/introduction/`),
  windows: support("not offered", `${linux}/lxc/introduction/`),
  hosts: cell("Linux", `${linux}/lxc/getting-started/`),
  architectures: cell("any whose kernel has namespaces and cgroups", "https://github.com/lxc/lxc/blob/main/README.md"),
  hardware: cell("no", `${linux}/lxc/introduction/`),
  nested: support(
    "supported, with caveats",
    "https://github.com/lxc/lxc/blob/main/config/templates/nesting.conf.in",
    "by nesting.conf, with a wider AppArmor profile",
  ),
  migration: support(
    "not offered",
    `${linux}/lxc/manpages/man1/lxc-checkpoint.1.html`,
    "lxc-checkpoint stores a running container by CRIU, which manages only very basic ones",
  ),
  snapshots: support(
    "supported",
    `${linux}/lxc/manpages/man1/lxc-snapshot.1.html`,
    "of the files, of a stopped container",
  ),
  gpu: support(
    "supported, with caveats",
    "https://github.com/lxc/lxc/blob/main/hooks/nvidia",
    "shared with the host: device nodes by hand, a hook for NVIDIA's",
  ),
  rootless: support("supported", `${linux}/lxc/getting-started/`, "needs ranges in subuid and subgid"),
  api: cell("C, Python, Go, Lua, Ruby", `${linux}/lxc/introduction/`),
  licence: cell("LGPL 2.1 or later", `${linux}/lxc/introduction/`),
};

/** Canonical's. */
export const lxd: SystemFacts = {
  kind: cell("system container and virtual machine", `${canonical}/explanation/instances/`),
  ownKernel: cell("machines yes, containers no", `${canonical}/explanation/instances/`),
  boundary: cell("host's kernel, or KVM", `${canonical}/explanation/security/`, "containers unprivileged by default"),
  guests: cell("Linux systems; any in machines", `${canonical}/guest-os-compatibility/`),
  windows: support("supported, with caveats", `${canonical}/guest-os-compatibility/`, "as machines, without agent"),
  hosts: cell("Linux", `${canonical}/requirements/`, "the client runs on macOS and Windows too"),
  architectures: cell("any for containers; amd64, arm64, ppc64le, s390x for machines", `${canonical}/architectures/`),
  hardware: cell("for machines", `${canonical}/requirements/`),
  nested: support("supported", `${canonical}/reference/instance_options/`, "security.nesting for containers"),
  migration: support("supported, with caveats", `${canonical}/howto/instances_migrate/`, "machines only"),
  snapshots: support("supported", `${canonical}/howto/instances_backup/`),
  gpu: support("supported", `${canonical}/reference/devices_gpu/`),
  rootless: support(
    "supported, with caveats",
    `${canonical}/howto/projects_confine/`,
    "the daemon is root; lxd-user, in the snap, gives users a confined project",
  ),
  api: cell("REST", `${canonical}/rest-api/`),
  licence: cell(
    "AGPL 3.0",
    "https://github.com/canonical/lxd/pull/12663",
    "older parts Apache 2.0; contributor agreement",
  ),
};

const incusDocs = `${linux}/incus/docs/main`;

/** The community's. */
export const incus: SystemFacts = {
  kind: cell("system and application container, virtual machine", `${incusDocs}/explanation/containers_and_vms/`),
  ownKernel: cell("machines yes, containers no", `${incusDocs}/explanation/containers_and_vms/`),
  boundary: cell("host's kernel, or KVM", `${incusDocs}/explanation/security/`, "containers unprivileged by default"),
  guests: cell(
    "Linux systems, OCI images; any in machines",
    `${incusDocs}/explanation/containers_and_vms/`,
    "OCI images since 6.3, so not with Debian 13's 6.0",
  ),
  windows: support(
    "supported, with caveats",
    `${incusDocs}/howto/instances_create/`,
    "as machines; an agent for them since 6.13; drivers go into the installer first",
  ),
  hosts: cell("Linux", `${incusDocs}/requirements/`, "the client runs on macOS and Windows too"),
  architectures: cell("any for containers; amd64, arm64, ppc64le, s390x for machines", `${incusDocs}/architectures/`),
  hardware: cell("for machines", `${incusDocs}/explanation/containers_and_vms/`),
  nested: support("supported", `${incusDocs}/reference/instance_options/`, "security.nesting for containers"),
  migration: support("supported, with caveats", `${incusDocs}/howto/move_instances/`, "machines only"),
  snapshots: support("supported", `${incusDocs}/howto/instances_backup/`),
  gpu: support("supported", `${incusDocs}/reference/devices_gpu/`),
  rootless: support(
    "supported, with caveats",
    `${incusDocs}/explanation/security/`,
    "the daemon is root; incus-user gives users a restricted project",
  ),
  api: cell("REST", `${incusDocs}/rest-api/`),
  licence: cell("Apache 2.0", "https://github.com/lxc/incus/blob/main/README.md"),
};
