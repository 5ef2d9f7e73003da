import { Empty } from "@/components/ui/empty";
import { NoMatch } from "@/components/ui/no-match";

type Props = { filters: number; list: string; isUnread: boolean };

/** An empty list, because it could not be read, because of its `filters`, or because nobody has a seat. */
export function NoSeats({ filters, list, isUnread }: Props) {
  if (isUnread)
    return (
      <Empty title="The list couldn't be loaded.">
        <p>It appears here as soon as the server responds.</p>
      </Empty>
    );
  if (filters === 0)
    return (
      <Empty title="No users are assigned.">
        <p>Products can assign users when they sign in, or you can assign them here.</p>
      </Empty>
    );
  return <NoMatch none="No assignments" filters={filters} list={list} />;
}
