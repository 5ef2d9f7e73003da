import { Empty } from "./empty";
import { TextLink } from "./text-link";

type Props = {
  /** What is not there: "No deployments". */
  none: string;
  /** How many filters there are, with the words that are looked for. */
  filters: number;
  /** The words that are looked for. */
  search?: string;
  /** The list without filters. */
  list: string;
};

/** Where a list is empty because of what narrows it. */
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
