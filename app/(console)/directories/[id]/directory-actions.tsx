"use client";

import { Button } from "@mantine/core";
import { useRouter } from "next/navigation";
import { removeDirectoryNow, setReportMode } from "@/app/(console)/directories/actions";
import styles from "@/app/(console)/directories/directories.module.css";
import { ActionButton } from "@/components/ui/action-button";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { Link } from "@/components/ui/link";

type Props = { of: { id: string; name: string; report: boolean }; why: string | null };

const OFF = {
  title: "Turn report mode off?",
  effect:
    "Within a minute the seats of inactive users are released, and members of mapped groups get theirs. The report below shows which.",
};
const ON = {
  title: "Turn report mode on?",
  effect: "No more seats change, and products can assign seats to inactive users again.",
};

/** What an admin can do with a directory. */
export function DirectoryActions({ of: { id, name, report }, why }: Props) {
  const router = useRouter();
  const action = report ? "Turn report mode off" : "Turn report mode on";
  return (
    <div className={styles.actions}>
      <ConfirmButton
        why={why}
        {...(report ? OFF : ON)}
        action={action}
        onConfirm={() => setReportMode(id, !report)}
      >
        {`${action}…`}
      </ConfirmButton>
      {why ? (
        <ActionButton variant="default" why={why}>
          Edit
        </ActionButton>
      ) : (
        <Button
          variant="default"
          renderRoot={(props) => <Link href={`/directories/${id}/edit`} {...props} />}
        >
          Edit
        </Button>
      )}
      <ConfirmButton
        why={why}
        title={`Remove the directory ${name}?`}
        effect="Its token ends, and its users, groups and report are deleted. Seats stay as they are. This can't be undone."
        action="Remove directory"
        color="danger"
        onConfirm={async () => {
          const removed = await removeDirectoryNow(id);
          if (removed.ok) router.push("/directories");
          return removed;
        }}
      >
        Remove…
      </ConfirmButton>
    </div>
  );
}
