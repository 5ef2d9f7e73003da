import { Fragment } from "react";
import { shownSegments } from "@/domain/look-alikes";
import styles from "./shown-text.module.css";

/** A text that may look like another one: what nobody sees in it is shown in words. */
export function ShownText({ of: text }: { of: string }) {
  return shownSegments(text).map(({ words, isHidden }, i) =>
    isHidden ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their order.
      <span key={i} className={styles.hidden} title="Invisible character">
        {words}
      </span>
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts of a text have nothing but their order.
      <Fragment key={i}>{words}</Fragment>
    ),
  );
}
