import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { monthParam } from "@/app/(console)/_list/month-param";

/** What the address of a capacity month says: which month of which pool, and how it is looked at. */
export const capacityParams = {
  month: monthParam,
  allotment: parseAsString,
  by: parseAsStringLiteral(["deployment", "total"]).withDefault("deployment"),
  view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
  scale: parseAsStringLiteral(["limit", "use"]).withDefault("limit"),
  day: parseAsInteger,
  /** Sources whose layers are not shown; `others` is the one of all the smaller ones. */
  without: parseAsArrayOf(parseAsString).withDefault([]),
};

export const loadCapacity = createLoader(capacityParams);
export const capacitySearch = createSerializer(capacityParams);

export type CapacityParams = Awaited<ReturnType<typeof loadCapacity>>;
