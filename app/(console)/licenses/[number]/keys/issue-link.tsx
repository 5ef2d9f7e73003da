import { IconKey } from "@tabler/icons-react";
import { NewLink } from "@/components/ui/new-link";

/** The link to issue a key; disabled with the reason for people who may not. */
export function IssueLink({ number, why }: { number: string; why: string | null }) {
  return (
    <NewLink
      href={`/licenses/${number}/keys/new`}
      why={why}
      icon={<IconKey size={16} stroke={1.75} aria-hidden />}
    >
      Issue a key
    </NewLink>
  );
}
