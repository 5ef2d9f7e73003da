import { createLoader, parseAsStringLiteral } from "nuqs/server";
import { SUBJECT_MATTERS } from "@/domain/licenses/attention";

export const loadOverview = createLoader({
  about: parseAsStringLiteral(SUBJECT_MATTERS),
  all: parseAsStringLiteral(["true"] as const),
});
