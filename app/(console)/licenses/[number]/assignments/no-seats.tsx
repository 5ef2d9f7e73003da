import { Empty } from "@/components/empty";
import { NoMatch } from "@/components/no-match";

type Parts = { filters: number; list: string; isUnread: boolean };

/** A list without a row: because it could not be read, of `filters` that narrow it, or because nobody holds a seat. */
export function NoSeats({ filters, list, isUnread }: Parts) {
  if (isUnread)
    return (
      <Empty title="The list could not be read.">
        <p>It is shown here as soon as the server answers.</p>
      </Empty>
    );
  if (filters === 0)
    return (
      <Empty title="Nobody is assigned.">
        <p>Products assign people as they sign in, or assign them here first.</p>
      </Empty>
    );
  return <NoMatch none="No assignments" filters={filters} list={list} />;
}
