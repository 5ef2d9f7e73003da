import { Fragment } from "react";
import { shownSegments } from "@/domain/look-alikes";
import styles from "./shown-text.module.css";

/** A text that may imitate another one; invisible characters are shown by name. */
export function ShownText({ of: text }: { of: string }) {
  return shownSegments(text).map(({ words, isHidden }, i) =>
    isHidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text are identified by their order only
      <span key={i} className={styles.hidden} title="Invisible character">
        {words}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text are identified by their order only
      <Fragment key={i}>{words}</Fragment>
    ),
  );
}
