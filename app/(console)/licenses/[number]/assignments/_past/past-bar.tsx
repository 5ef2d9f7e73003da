import type { ReactNode } from "react";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import type { Params } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { ActionLink } from "@/components/ui/action-link";
import { ListBar } from "@/components/ui/list-bar";

type Props = { number: string; view: NonNullable<Params["view"]>; q: string; views: ReactNode };

/** The search and the export of rejected or released assignments. */
export function PastBar({ number, view, q, views }: Props) {
  const list = `/licenses/${number}/assignments`;
  return (
    <ListBar
      actions={
        <ActionLink href={`${list}/export/${view}?${new URLSearchParams(q ? { q } : {})}`} isFile>
          Export CSV
        </ActionLink>
      }
    >
      {views}
      <ListFilters path={list} label="Find a user by full name" hint="Full name" search={q.trim()} />
    </ListBar>
  );
}
