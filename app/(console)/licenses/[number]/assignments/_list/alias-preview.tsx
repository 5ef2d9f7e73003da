import { count, counted } from "@/components/text/numbers";
import type { AliasEffect } from "@/server/assignments/aliases/alias-changes";
import styles from "./seats.module.css";

type Props = { alias: string; effect: AliasEffect | null };

/** What an alias releases, and the deployments that wouldn't know it. */
export function AliasPreview({ alias, effect }: Props) {
  if (!effect) return <p aria-live="polite">Calculating…</p>;
  const { released, unaware } = effect;
  const hidden = unaware.count - unaware.items.length;
  return (
    <div aria-live="polite">
      {released.length === 0 ? (
        <p>No seat is released.</p>
      ) : (
        <p>Releases {counted(released.length, "seat")}:</p>
      )}
      {released.length > 0 ? (
        <ul className={styles.people}>
          {released.map(({ instance, subject, allotment }) => (
            <li key={instance}>
              <bdi>{subject}</bdi>
              <span>{allotment}</span>
            </li>
          ))}
        </ul>
      ) : null}
      {unaware.count > 0 ? (
        <>
          <p>
            {counted(unaware.count, "deployment")} can't read aliases yet. There, {alias} is told “not
            assigned” until the deployment is updated:
          </p>
          <ul className={styles.people}>
            {unaware.items.map(({ source, name, product, version }) => (
              <li key={source}>
                <bdi>{name ?? source}</bdi>
                <span>{[product, version].filter(Boolean).join(" ")}</span>
              </li>
            ))}
          </ul>
          {hidden > 0 ? <p>and {count(hidden)} more</p> : null}
        </>
      ) : null}
    </div>
  );
}
