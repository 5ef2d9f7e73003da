"use client";

import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { ActionButton } from "@/components/ui/action-button";
import { Link } from "@/components/ui/link";

/** The link to create a webhook; disabled with the reason for people who may not. */
export function NewWebhookLink({ why }: { why: string | null }) {
  const icon = <IconPlus size={16} stroke={1.75} aria-hidden />;
  if (why)
    return (
      <ActionButton why={why} leftSection={icon}>
        Create webhook
      </ActionButton>
    );
  return (
    <Button renderRoot={(props) => <Link href="/webhooks/new" {...props} data-new />} leftSection={icon}>
      Create webhook
    </Button>
  );
}
