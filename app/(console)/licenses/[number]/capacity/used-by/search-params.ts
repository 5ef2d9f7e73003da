import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";
import { monthParam } from "@/app/(console)/_list/month-param";
import { TOP_KINDS } from "@/domain/consumption/session";

/** The month, the allotment, and the user, app or deployment that the lists are narrowed to. */
const usedByParams = {
  month: monthParam,
  allotment: parseAsString,
  kind: parseAsStringLiteral(TOP_KINDS),
  key: parseAsString,
};

export const loadUsedBy = createLoader(usedByParams);
export const usedBySearch = createSerializer(usedByParams);
