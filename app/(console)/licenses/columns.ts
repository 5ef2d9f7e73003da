import { columnsParam } from "@/app/(console)/_list/columns-param";

/** What can stand beside the license; all of it does, unless less is asked for. */
export const COLUMN_IDS = ["state", "product", "seats", "minutes", "ends", "contact"] as const;
export type ColumnId = (typeof COLUMN_IDS)[number];

export const cols = columnsParam<ColumnId>(COLUMN_IDS);
