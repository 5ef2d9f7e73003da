import type { Context } from "hono";
import {
  type AssignmentsAsked,
  assignmentsAt,
  firstAssignments,
  PUBLISHED_SORTS,
} from "@/server/published/assignment-pages";
import { PUBLISHED_PATH } from "./address";
import { type Clock, onLicenseMeant, type PublishedApp } from "./caller";
import { linksOf } from "./links";
import { given, limitIn, sortIn } from "./query";

export function assignments(app: PublishedApp, clock: Clock): void {
  app.get(`${PUBLISHED_PATH}/assignments`, onLicenseMeant("assignments.read"), async (c) => {
    const token = given(c, "page");
    const page = token
      ? await assignmentsAt(c.get("license"), token, clock())
      : await firstAssignments(c.get("license"), askedIn(c), clock());
    return c.json({ data: page.items, links: linksOf(c, page) });
  });
}

/** Parameters that it doesn't know are ignored. In the order of adding, a client that reads on misses nobody. */
function askedIn(c: Context): AssignmentsAsked {
  return {
    filter: given(c, "filter"),
    orphans: given(c, "orphans") === "true",
    sort: sortIn(c, PUBLISHED_SORTS) ?? "created",
    limit: limitIn(c, { usual: 20, most: 100 }),
  };
}
