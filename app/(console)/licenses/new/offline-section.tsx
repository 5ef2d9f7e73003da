import { NativeSelect } from "@mantine/core";
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
      description={
        chosen === "bounded"
          ? "The cap is never passed. Agents that can't reserve minutes get none."
          : "Users go on by the last known total, so the cap can be passed."
      }
      value={chosen}
      onChange={({ currentTarget: { value } }) =>
        change({
          settings: { ...draft.settings, whenOffline: value === "bounded" ? "bounded" : "optimistic" },
        })
      }
      data={[
        { value: "bounded", label: "Use reserved minutes only" },
        { value: "optimistic", label: "Go on, and settle later" },
      ]}
    />
  );
}
