/**
 * Where the sockets, process ids and locks of clean hosts are: a folder of root's alone, gone when the machine restarts. The locks
 * are here and not in /run/lock, since what they keep from being cleared away is here: who sees the one sees the other.
 */
export const RUN_FOLDER = "/run/runbook-verify";
