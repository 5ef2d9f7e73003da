"use client";

import { useQueryState } from "nuqs";
import { ColumnsMenu } from "@/components/ui/columns-menu";
import { type ColumnId, cols } from "./columns";

/** The menu to choose columns; the server then renders the list again. */
export function LicenseColumns({ columns }: { columns: readonly { id: ColumnId; name: string }[] }) {
  const [shown, set] = useQueryState("cols", cols.withOptions({ shallow: false }));
  return <ColumnsMenu beside="the license" columns={columns} shown={shown} set={(next) => void set(next)} />;
}
