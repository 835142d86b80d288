/** Sessions that this browser keeps. */
export function RecentSessions() {
  return null;
}
