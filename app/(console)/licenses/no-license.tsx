import { Empty } from "@/components/empty";
import { TextLink } from "@/components/text-link";

type Parts = { search: string; filters: number };

/** Where the list of licenses is empty: because of what narrows it, or because there are none. */
export function NoLicense({ search, filters }: Parts) {
  if (filters > 0)
    return (
      <Empty title={noMatch(search, filters)}>
        <TextLink href="/licenses">Show all licenses</TextLink>
      </Empty>
    );
  return (
    <Empty title="No license yet.">
      <p>A license says what a customer bought.</p>
    </Empty>
  );
}

function noMatch(search: string, filters: number): string {
  if (filters === 1 && search) return `No license matches “${search}”.`;
  return filters === 1 ? "No license matches this filter." : `No license matches these ${filters} filters.`;
}
