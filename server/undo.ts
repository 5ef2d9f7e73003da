import { renameDeployment } from "./deployments";
import { allow, type Principal } from "./gate";
import { changeLicense } from "./license-changes";
import { type Inverse, openInverses, type UndoScope } from "./undo-seal";

/** Takes a change back as new work: by the same gate, under the same locks, refused if somebody changed it since. */
export async function undo(sealed: string, who: Principal, scope: UndoScope): Promise<void> {
  for (const { set } of openInverses(sealed, scope)) await undoSetting(set, who, scope);
}

async function undoSetting(set: Inverse["set"], who: Principal, scope: UndoScope): Promise<void> {
  const { license, actor, now } = scope;
  if (set.field === "deployment.name") {
    allow(who, "deployments.write");
    await renameDeployment(license, set.source, set.to, actor, now, set.still);
  } else {
    allow(who, "settings.write");
    await changeLicense(license, { settings: set.to, still: set.still }, null, actor, now);
  }
}
