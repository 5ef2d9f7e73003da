"use client";

import { useRouter } from "next/navigation";
import { startTransition, useOptimistic } from "react";
import { ColumnsMenu } from "@/components/ui/columns-menu";
import type { ColumnId } from "./columns";

type Props = { columns: readonly { id: ColumnId; name: string }[]; shown: readonly ColumnId[] };

/** The menu to choose columns; the server then renders the list again. */
export function LicenseColumns({ columns, shown }: Props) {
  const router = useRouter();
  const [chosen, choose] = useOptimistic(shown);
  const set = (next: ColumnId[]) =>
    startTransition(() => {
      choose(next);
      router.replace(addressWith(next, next.length === columns.length), { scroll: false });
    });
  return <ColumnsMenu beside="the license" columns={columns} shown={chosen} set={set} />;
}

function addressWith(columns: readonly ColumnId[], areUsual: boolean): string {
  const others = new URLSearchParams(location.search);
  others.delete("cols");
  const search = [others.toString(), areUsual ? "" : `cols=${columns.join()}`].filter(Boolean);
  return `${location.pathname}?${search.join("&")}`;
}
