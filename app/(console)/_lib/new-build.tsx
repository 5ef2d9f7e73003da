"use client";

import { IconSparkles } from "@tabler/icons-react";
import { useEffect } from "react";
import { useAttention } from "@/app/(console)/attention/use-attention";
import { useAnnounce } from "@/components/shell/announcer";
import { useLiveWatch } from "@/components/shell/live-watch";
import styles from "@/components/shell/notice-bar.module.css";

const LABELS = "A new version is available.";

/**
 * Says that the server runs a newer version of the console than this page. Reloading asks first while there are unsaved
 * changes.
 */
export function NewBuild() {
  const announce = useAnnounce();
  const { trouble } = useLiveWatch();
  const { data } = useAttention();
  const isOld = data !== undefined && data.build !== process.env.SIGNET_BUILD;
  useEffect(() => {
    if (isOld) announce(LABELS);
  }, [isOld, announce]);
  if (!isOld || trouble) return null;
  return (
    <section aria-label="New version" className={styles.bar}>
      <IconSparkles size={18} stroke={1.75} aria-hidden />
      <p className={styles.words}>{LABELS}</p>
      <button type="button" className={styles.act} onClick={() => location.reload()}>
        Reload
      </button>
    </section>
  );
}
