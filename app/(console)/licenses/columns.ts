import { columnsParam } from "@/app/(console)/_list/columns-param";

/** The columns beside the license; all are shown by default. */
export const COLUMN_IDS = ["state", "product", "seats", "minutes", "ends", "contact"] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const cols = columnsParam<ColumnId>(COLUMN_IDS);
