import { invalidBody } from "@/api/http";
import { type Fields, invalidValue, readFields } from "@/api/product/body";
import { changeLicense } from "@/server/licenses/license-changes";
import { licenseByNumber } from "@/server/licenses/licenses";
import { licenseOverview, licenseStatus } from "@/server/published/license-overview";
import { PUBLISHED_PATH } from "./address";
import { type Clock, onLicenseMeant, type PublishedApp } from "./caller";

const SETTINGS = ["autoAssignProfessional", "autoAssignAnalyzer"] as const;
type Settings = Record<(typeof SETTINGS)[number], boolean>;

export function license(app: PublishedApp, clock: Clock): void {
  app.get(`${PUBLISHED_PATH}/overview`, onLicenseMeant("usage.read"), async (c) =>
    c.json(await licenseOverview(c.get("license"), clock())),
  );
  app.get(`${PUBLISHED_PATH}/status`, onLicenseMeant("licenses.read"), async (c) =>
    c.json(await licenseStatus(c.get("license"), clock())),
  );
  app.get(`${PUBLISHED_PATH}/settings`, onLicenseMeant("licenses.read"), async (c) =>
    c.json(publicSettings((await licenseByNumber(c.get("license"), clock())).settings)),
  );
  app.put(`${PUBLISHED_PATH}/settings`, onLicenseMeant("settings.write"), async (c) => {
    const settings = settingsIn(await readFields(c));
    const changed = await changeLicense(c.get("license"), { settings }, null, c.get("actor"), clock());
    return c.json(publicSettings(changed.settings));
  });
}

function publicSettings({ autoAssignProfessional, autoAssignAnalyzer }: Settings): Settings {
  return { autoAssignProfessional, autoAssignAnalyzer };
}

/** The settings that a body has; others are ignored. */
function settingsIn(body: Fields): Partial<Settings> {
  const given = SETTINGS.filter((name) => body[name] !== undefined);
  const wrong = given.find((name) => typeof body[name] !== "boolean");
  if (wrong) throw invalidBody([invalidValue(`/${wrong}`, `${wrong} must be true or false.`)]);
  return Object.fromEntries(given.map((name) => [name, body[name]]));
}
