import { seesSubjects } from "@/domain/roles";
import { consumptionAt, firstConsumption } from "@/server/published/consumption-pages";
import { PUBLISHED_PATH } from "./address";
import { type Clock, onLicenseMeant, type PublishedApp } from "./caller";
import { linksOf } from "./links";
import { given, limitIn, sortIn } from "./query";

export function consumption(app: PublishedApp, clock: Clock): void {
  app.get(`${PUBLISHED_PATH}/consumption`, onLicenseMeant("usage.read"), async (c) => {
    const reader = { withNames: seesSubjects(c.get("principal").role), now: clock() };
    const token = given(c, "page");
    const asked = () => ({
      filter: given(c, "filter"),
      sort: sortIn(c, ["endTime"]) ?? ("-endTime" as const),
      limit: limitIn(c, { usual: 200, most: 200 }),
    });
    const page = token
      ? await consumptionAt(c.get("license"), token, reader)
      : await firstConsumption(c.get("license"), asked(), reader);
    return c.json({ data: page.items, links: linksOf(c, page) });
  });
}
