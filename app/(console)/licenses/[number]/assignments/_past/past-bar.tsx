import type { Params } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { ActionLink } from "@/components/ui/action-link";
import styles from "./past-bar.module.css";
import { SearchForm } from "./search-form";

type Props = { number: string; view: NonNullable<Params["view"]>; q: string };

/** The search and the export of rejected or released assignments. */
export function PastBar({ number, view, q }: Props) {
  const list = `/licenses/${number}/assignments`;
  return (
    <div className={styles.bar}>
      <SearchForm action={list} label="Find a user by full name" hint="Full name" value={q} keep={{ view }} />
      <ActionLink href={`${list}/export/${view}?${new URLSearchParams(q ? { q } : {})}`} isFile>
        Export CSV
      </ActionLink>
    </div>
  );
}
