"use client";

import { useQueryState } from "nuqs";
import { ColumnsMenu } from "@/components/ui/columns-menu";
import { type ColumnId, cols } from "./columns";

/** The menu of the columns of the list; the server draws them again. */
export function LicenseColumns({ columns }: { columns: readonly { id: ColumnId; name: string }[] }) {
  const [shown, set] = useQueryState("cols", cols.withOptions({ shallow: false }));
  return <ColumnsMenu beside="the license" columns={columns} shown={shown} set={(next) => void set(next)} />;
}
