import { dateStyle } from "@/app/(console)/_lib/date-style";
import { count, counted, percent } from "@/components/text/numbers";
import { monthText } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import { type DateStyle, shortDateText } from "@/domain/dates/date-style";
import { ENDING_DAYS, type LicenseFigures } from "@/domain/licenses/license-figures";
import { addMonths, monthOf, monthStart } from "@/domain/month";
import styles from "./figures.module.css";

type Props = { figures: LicenseFigures; now: Date };

/** The four numbers of the installation, each linking to the licenses behind it. */
export async function Figures({ figures: { seats, minutes, silent, ending }, now }: Props) {
  const dates = await dateStyle();
  return (
    <ul className={styles.figures} aria-label="Key figures">
      <Figure
        name="Seats taken"
        value={count(seats.taken)}
        of={seats.units > 0 ? `of ${count(seats.units)}` : ""}
        about={seats.units > 0 ? percent(seats.taken, seats.units) : "No seats in force"}
        href="/licenses?sort=-used"
      />
      <Figure
        name={`Minutes in ${monthText(monthOf(now)).split(" ")[0]}`}
        value={count(minutes.used)}
        of={minutes.quota > 0 ? `of ${count(minutes.quota)}` : ""}
        about={minutesWords(minutes, now, dates)}
        href="/licenses?sort=-used"
      />
      <Figure
        name="Silent deployments"
        value={count(silent.deployments)}
        about={silent.licenses > 0 ? `on ${counted(silent.licenses, "license")}` : "None"}
        href="/licenses?silent=true"
      />
      <Figure
        name={`End in ${ENDING_DAYS} days`}
        value={count(ending.licenses)}
        of={ending.licenses === 1 ? "license" : "licenses"}
        about={ending.next ? `next on ${shortDateText(lastDay(ending.next), dates)}` : "None"}
        href={`/licenses?status=active&ends=${ENDING_DAYS}&sort=ends`}
      />
    </ul>
  );
}

type FigureProps = { name: string; value: string; of?: string; about: string; href: string };

function Figure({ name, value, of = "", about, href }: FigureProps) {
  return (
    <li>
      <Link className={styles.figure} href={href}>
        <span className={styles.name}>{name}</span>
        <span className={styles.numbers}>
          <span className={styles.value}>{value}</span> {of}
        </span>
        <span className={styles.about}>{about}</span>
      </Link>
    </li>
  );
}

function minutesWords({ quota, over }: LicenseFigures["minutes"], now: Date, dates: DateStyle): string {
  if (over > 0) return `${count(over)} beyond the quota`;
  if (quota === 0) return "No minutes in force";
  return `resets on ${shortDateText(monthStart(addMonths(monthOf(now), 1)), dates)}`;
}

/** A validity ends at the midnight after its last day. */
function lastDay(end: Date): Date {
  return new Date(end.getTime() - 1);
}
