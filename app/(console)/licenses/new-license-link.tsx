"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";

/** The link to create a license; disabled with the reason for people who may not. */
export function NewLicenseLink({ why, customer }: { why: string | null; customer?: string }) {
  const icon = <IconPlus size={16} stroke={1.75} aria-hidden />;
  if (why)
    return (
      <ActionButton why={why} leftSection={icon}>
        New license
      </ActionButton>
    );
  return (
    <Button
      renderRoot={(props) => (
        <Link href={customer ? `/licenses/new?customer=${customer}` : "/licenses/new"} {...props} data-new />
      )}
      leftSection={icon}
    >
      New license
    </Button>
  );
}
