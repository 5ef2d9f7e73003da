"use client";

import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { FindField } from "@/components/forms/find-field";
import { PageHead } from "@/components/shell/page-head";
import { Empty } from "@/components/ui/empty";
import { ListBar } from "@/components/ui/list-bar";
import { keptSearch, useKeptSearch } from "./kept-search";
import { ReleaseDialog } from "./release-dialog";
import { useUsers } from "./use-users";
import { incompleteText, searchedText } from "./user-labels";
import type { UserPage } from "./user-rows";
import { UserTable } from "./user-table";
import styles from "./users.module.css";

type Props = {
  first: UserPage;
  /** Why nobody can be released; null if it is possible. */
  why: string | null;
};

const TYPING_MS = 200;

/** The users over all licenses, found by a part of their name. */
export function UserList({ first, why }: Props) {
  const [typed, setTyped] = useState("");
  const [query] = useDebouncedValue(typed.trim(), TYPING_MS);
  const [leaver, setLeaver] = useState<string | null>(null);
  const { page, isSearching, ...pages } = useUsers(query, first);
  useKeptSearch(setTyped);
  const unread = incompleteText(page);
  return (
    <>
      <PageHead title="Users">
        <form method="post" action="/users/export">
          <input type="hidden" name="query" value={typed.trim()} />
          <button type="submit" className={styles.export}>
            Export CSV
          </button>
        </form>
      </PageHead>
      <ListBar>
        <search aria-busy={isSearching}>
          <FindField
            name="query"
            label="Find a user by any part of the name"
            value={typed}
            set={(value) => {
              setTyped(value);
              keptSearch(value);
            }}
          />
        </search>
      </ListBar>
      {unread ? (
        <p className={styles.unread} role="status">
          {unread}
        </p>
      ) : null}
      {page.rows.length > 0 ? (
        <UserTable
          rows={page.rows}
          why={why}
          release={setLeaver}
          found={searchedText(page, query)}
          {...pages}
        />
      ) : (
        <NoUsers query={query} isRead={page.waiting === 0} />
      )}
      <ReleaseDialog subject={leaver} why={why} close={() => setLeaver(null)} />
    </>
  );
}

function NoUsers({ query, isRead }: { query: string; isRead: boolean }) {
  if (!isRead) return null;
  if (query === "")
    return (
      <Empty title="No users have a seat.">
        <p>Users appear here once products or admins assign seats to them.</p>
      </Empty>
    );
  return (
    <Empty title={`No user with a seat matches “${query}”.`}>
      <p>Names are erased when their last seat is released.</p>
    </Empty>
  );
}
