/** What a host says of its lock. */
export interface LockAnswer {
  /** `none`: the host has no way to lock it. */
  state: "free" | "held" | "none";
  /** What this user's last run on the host left there, and what other users' runs say. */
  own: string;
  others: string;
}

/** Reads the words of a frame `L`: the state, and behind a blank what was left there, a tab between this user's and others'. */
export function readLockAnswer(words: string): LockAnswer {
  const [state = "", rest = ""] = words.split(/ (.*)/s);
  const [own = "", others = ""] = rest.split("\t");
  return { state: state === "free" || state === "held" ? state : "none", own, others };
}
