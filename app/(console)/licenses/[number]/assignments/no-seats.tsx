import { Empty } from "@/components/empty";
import { TextLink } from "@/components/text-link";

/** A list without a row: because of `filters` that narrow it, or because nobody holds a seat. */
export function NoSeats({ filters, list }: { filters: number; list: string }) {
  if (filters === 0)
    return (
      <Empty title="Nobody is assigned.">
        <p>Products assign people as they sign in, or assign them here first.</p>
      </Empty>
    );
  return (
    <Empty title={`No assignment matches ${filters === 1 ? "this filter" : `these ${filters} filters`}.`}>
      <TextLink href={list}>Clear filters</TextLink>
    </Empty>
  );
}
