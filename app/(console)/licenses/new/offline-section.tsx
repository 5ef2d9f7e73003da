import { NativeSelect } from "@mantine/core";
import { WHEN_OFFLINE_LABELS } from "@/components/text/when-offline-labels";
import { WHEN_OFFLINE } from "@/domain/leases/bounded-definition";
import { type NewDraft, whenOfflineIn } from "./new-draft";
import styles from "./new-license.module.css";

type Props = { draft: NewDraft; change(part: Partial<NewDraft>): void };

/** What products do with capped minutes while they can't reach the server. */
export function OfflineSection({ draft, change }: Props) {
  const chosen = whenOfflineIn(draft);
  if (!chosen) return null;
  return (
    <NativeSelect
      className={styles.field}
      label="When offline"
      description={WHEN_OFFLINE_LABELS[chosen].effect}
      value={chosen}
      onChange={({ currentTarget: { value } }) =>
        change({
          settings: { ...draft.settings, whenOffline: value === "bounded" ? "bounded" : "optimistic" },
        })
      }
      data={WHEN_OFFLINE.map((value) => ({ value, label: WHEN_OFFLINE_LABELS[value].name }))}
    />
  );
}
