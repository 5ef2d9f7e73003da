import { useDateStyle } from "@/components/shell/date-style-provider";
import cell from "@/components/ui/cell-lines.module.css";
import { ScrollList } from "@/components/ui/scroll-list";
import { TextLink } from "@/components/ui/text-link";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import { shownSubject } from "@/domain/offline/hashed-subject";
import type { ReleasePreview } from "@/server/users/release-preview";
import { lastUseText, seatsText } from "./user-labels";
import { userHref } from "./user-rows";
import styles from "./users.module.css";

type Props = { preview: ReleasePreview };

/** The seats that a release everywhere would free, and those of other spellings, which it leaves. */
export function PreviewSeats({ preview: { seats, others } }: Props) {
  const dates = useDateStyle();
  return (
    <div className={styles.preview}>
      <p aria-live="polite">
        {seats.length > 0
          ? `Frees ${seatsText(seats)}. The name is erased; you can undo this for 15 minutes.`
          : "This user no longer holds a seat."}
      </p>
      {seats.length > 0 ? (
        <ScrollList label="Seats to release">
          {seats.map(({ license, instance, customer, allotment, lastUsed }) => (
            <li key={`${license} ${instance}`}>
              <span>
                {customer} <span className={cell.second}>{formatLicenseNumber(license)}</span>
              </span>
              <span>{allotment}</span>
              <span className={cell.second}>
                {lastUsed ? `used ${lastUseText(lastUsed, dates)}` : "no use reported"}
              </span>
            </li>
          ))}
        </ScrollList>
      ) : null}
      {others.length > 0 ? (
        <>
          <h3 className={styles.othersHead}>Other spellings keep their seats</h3>
          <p>These seem to be the same user. Open one to release it too.</p>
          <ScrollList label="Other spellings">
            {others.map(({ license, instance, subject, customer, allotment }) => (
              <li key={`${license} ${instance}`}>
                <TextLink href={userHref({ license, instance })}>{shownSubject(subject)}</TextLink>
                <span>{allotment}</span>
                <span className={cell.second}>{customer}</span>
              </li>
            ))}
          </ScrollList>
        </>
      ) : null}
    </div>
  );
}
