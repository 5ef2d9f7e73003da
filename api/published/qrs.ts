import type { MiddlewareHandler } from "hono";
import { ACCESS_TYPES, accessTypeInfo, accessTypeOverview } from "@/domain/qrs/access-types";
import { qrsLicense } from "@/domain/qrs/qrs-license";
import { nothingHere, Refusal } from "@/domain/refusals/refusal";
import { allotmentsByLicense } from "@/server/licenses/license-allotments";
import { licenseByNumber } from "@/server/licenses/licenses";
import { accessById, countAccesses, listAccesses, releaseAccess } from "@/server/published/access-types";
import { env } from "@/server/store/env";
import { QRS_PATH } from "./address";
import { type Clock, onLicenseMeant, type PublishedApp, type PublishedContext } from "./caller";

const LICENSE = `${QRS_PATH}/license`;
const XRFKEY = /^[a-z0-9]{16}$/i;

/** A small part of the API of a client-managed repository service, for tools that list and release seats. */
export function qrs(app: PublishedApp, clock: Clock): void {
  const allotmentsOf = async (c: PublishedContext) => {
    const license = c.get("license");
    return (await allotmentsByLicense([license], clock())).get(license) ?? [];
  };
  app.get(LICENSE, onLicenseMeant("licenses.read"), async (c) =>
    c.json(qrsLicense(await licenseByNumber(c.get("license"), clock()))),
  );
  app.get(`${LICENSE}/accesstypeinfo`, onLicenseMeant("usage.read"), async (c) =>
    c.json(accessTypeInfo(await allotmentsOf(c))),
  );
  app.get(`${LICENSE}/accesstypeoverview`, onLicenseMeant("usage.read"), async (c) =>
    c.json(accessTypeOverview(await allotmentsOf(c))),
  );
  for (const type of ACCESS_TYPES) accessType(app, type, clock);
}

function accessType(app: PublishedApp, type: (typeof ACCESS_TYPES)[number], clock: Clock): void {
  const path = `${LICENSE}/${type}accesstype`;
  const reading = onLicenseMeant("assignments.read");
  app.get(path, reading, async (c) => c.json(await listAccesses(c.get("license"), type, clock())));
  app.get(`${path}/count`, reading, async (c) =>
    c.json({ value: await countAccesses(c.get("license"), type, clock()) }),
  );
  app.get(`${path}/:id`, reading, async (c) =>
    c.json(await accessById(c.get("license"), type, c.req.param("id"), clock())),
  );
  app.delete(`${path}/:id`, onLicenseMeant("assignments.write"), async (c) => {
    const now = clock();
    await releaseAccess(c.get("license"), type, c.req.param("id"), { actor: c.get("actor"), now });
    return c.body(null, 204);
  });
}

/** The facade is off unless a setting turns it on. */
export const onlyIfServed: MiddlewareHandler = async (_, next) => {
  if (env().QRS_FACADE === "off") throw nothingHere();
  await next();
};

/**
 * Refuses calls without a matching xrfkey. A filter is refused too: ignoring it would list everybody to a script that
 * releases what it lists.
 */
export const onlyReadable: MiddlewareHandler = async (c, next) => {
  const given = Object.entries(c.req.query());
  const [, key = ""] = given.find(([name]) => name.toLowerCase() === "xrfkey") ?? [];
  if (!XRFKEY.test(key) || key !== c.req.header("X-Qlik-Xrfkey"))
    throw new Refusal(
      "INVALID_XRFKEY",
      "Send the same 16 letters and digits as `xrfkey` in the query and as the header `X-Qlik-Xrfkey`.",
    );
  if (given.some(([name]) => name.toLowerCase() === "filter"))
    throw new Refusal(
      "INVALID_QUERY",
      "Filters aren't supported under /qrs, and nothing was listed. Filter the whole list, or use /api/v1/licenses/assignments.",
    );
  await next();
};
