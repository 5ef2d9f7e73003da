import { Empty } from "@/components/empty";
import { TextLink } from "@/components/text-link";

type Parts = { search: string; filters: number };

/** Where the list of licenses is empty because of what narrows it. */
export function NoMatch({ search, filters }: Parts) {
  return (
    <Empty title={noMatch(search, filters)}>
      <TextLink href="/licenses">Show all licenses</TextLink>
    </Empty>
  );
}

function noMatch(search: string, filters: number): string {
  if (filters === 1 && search) return `No license matches “${search}”.`;
  return filters === 1 ? "No license matches this filter." : `No license matches these ${filters} filters.`;
}
