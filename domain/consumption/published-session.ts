type Session = {
  id: string;
  session: string;
  allotment: string;
  app: string;
  user: string | null;
  start: Date;
  end: Date;
  minutes: number;
};

/** An allotment of minutes: its name, and the length of its blocks. */
export type Blocks = { name: string; minimum: number };

/** A session as the published API tells it. Who used it and in which app is left out where nobody knows. */
export function publishedSession(
  { id, session, app, user, start, end, minutes }: Session,
  { name, minimum }: Blocks,
) {
  return {
    id,
    sessionId: session,
    ...(user === null ? {} : { userId: user }),
    ...(app === "" ? {} : { appId: app }),
    allotmentId: name,
    licenseUsage: name,
    endTime: end.toISOString(),
    duration: isoDuration(end.getTime() - start.getTime()),
    minutesUsed: minutes,
    capacityUsed: Math.ceil(minutes / minimum),
  };
}

/** A length of time as ISO 8601 writes it, in hours, minutes and whole seconds. */
export function isoDuration(ms: number): string {
  const seconds = Math.floor(ms / 1000);
  const amounts = [
    [Math.floor(seconds / 3600), "H"],
    [Math.floor(seconds / 60) % 60, "M"],
    [seconds % 60, "S"],
  ] as const;
  const text = amounts.flatMap(([amount, unit]) => (amount > 0 ? [`${amount}${unit}`] : [])).join("");
  return `PT${text || "0S"}`;
}
