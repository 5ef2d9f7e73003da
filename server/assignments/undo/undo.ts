import { allow, type Principal } from "@/server/access/gate";
import { renameDeployment } from "@/server/deployments/deployments";
import { changeLicense } from "@/server/licenses/license-changes";
import { type SeatsUndone, undoSeats } from "./seat-undo";
import { type Inverse, readUndoToken, type UndoScope } from "./undo-token";

/** Undoes a change as new work: through the same gate, under the same locks, and refused if somebody changed it since. */
export async function undo(sealed: string, who: Principal, scope: UndoScope): Promise<SeatsUndone> {
  const inverses = readUndoToken(sealed, scope);
  const settings = inverses.flatMap(({ set }) => set ?? []);
  for (const set of settings) await undoSetting(set, who, scope);
  const seats = inverses.flatMap(({ seat }) => seat ?? []);
  if (seats.length === 0) return { undone: settings.length, stayed: 0 };
  allow(who, "assignments.write");
  return undoSeats(seats, scope);
}

async function undoSetting(
  set: NonNullable<Inverse["set"]>,
  who: Principal,
  { license, actor, now }: UndoScope,
): Promise<void> {
  if (set.field === "deployment.name") {
    allow(who, "deployments.write");
    await renameDeployment(license, set.source, set.to, actor, now, { still: set.still });
  } else {
    allow(who, "settings.write");
    await changeLicense(license, { settings: set.to, still: set.still }, null, actor, now);
  }
}
