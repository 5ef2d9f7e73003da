import { Empty } from "./empty";
import { TextLink } from "./text-link";

type Props = {
  /** What is missing, such as "No deployments". */
  none: string;
  /** The number of set filters, including the search. */
  filters: number;
  /** The text of the search. */
  search?: string;
  /** The URL of the list without filters. */
  list: string;
};

/** The empty state of a list that is filtered. */
export function NoMatch({ none, filters, search, list }: Props) {
  return (
    <Empty title={`${none} match ${narrowed(filters, search)}.`}>
      <TextLink href={list}>Clear filters</TextLink>
    </Empty>
  );
}

function narrowed(filters: number, search?: string): string {
  if (filters > 1) return `these ${filters} filters`;
  return search ? `“${search}”` : "this filter";
}
