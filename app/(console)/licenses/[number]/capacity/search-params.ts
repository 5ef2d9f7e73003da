import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsString,
  parseAsStringLiteral,
} from "nuqs/server";
import { monthParam } from "@/app/(console)/_list/month-param";

/** The parameters of the capacity page: allotment, month, and how they are shown. */
export const capacityParams = {
  month: monthParam,
  allotment: parseAsString,
  by: parseAsStringLiteral(["deployment", "total"]).withDefault("deployment"),
  view: parseAsStringLiteral(["chart", "table"]).withDefault("chart"),
  scale: parseAsStringLiteral(["limit", "use"]).withDefault("limit"),
  day: parseAsInteger,
  /** The sources of hidden layers; `others` stands for all small ones. */
  without: parseAsArrayOf(parseAsString).withDefault([]),
};

export const loadCapacity = createLoader(capacityParams);
export const capacitySearch = createSerializer(capacityParams);

export type CapacityParams = Awaited<ReturnType<typeof loadCapacity>>;
