/** Why the history cannot be gone through now. */
export const WAIT = "Wait until the work is done.";
