import { dateStyle } from "@/app/(console)/_lib/date-style";
import { needLabel } from "@/components/text/need-labels";
import { count } from "@/components/text/numbers";
import { FilterLinks } from "@/components/ui/filter-links";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import { clockText, type DateStyle } from "@/domain/dates/date-style";
import { zoneName } from "@/domain/dates/zone";
import { matterOf, SUBJECT_MATTERS, type SubjectMatter } from "@/domain/licenses/attention";
import { formatLicenseNumber } from "@/domain/licenses/license-number";
import type { Overview } from "@/server/overview/overview";
import styles from "./attention.module.css";

type Props = { needs: Overview["needs"]; about: SubjectMatter | null; isWhole: boolean; now: Date };

const NAMES: Record<SubjectMatter, string> = { usage: "Usage", contact: "Contact", expiry: "Expiry" };
/** This many are shown at first, and at most. */
const FIRST = 8;
const MOST = 200;

/** Things that need attention; each row links to the page where it can be resolved. */
export async function Attention({ needs, about, isWhole, now }: Props) {
  const dates = await dateStyle();
  const found = needs.filter(({ need }) => !about || matterOf(need) === about);
  const shown = found.slice(0, isWhole ? MOST : FIRST);
  return (
    <Section title="Needs attention" id="attention" actions={<Matters needs={needs} about={about} />}>
      {shown.length === 0 ? (
        <p className={styles.fine}>{fineWords(about, now, dates)}</p>
      ) : (
        <ul className={styles.rows}>
          {shown.map((one) => (
            <Row key={keyOf(one)} {...one} now={now} dates={dates} />
          ))}
        </ul>
      )}
      {found.length > shown.length ? (
        <Rest
          of={found.length}
          href={isWhole ? null : `/?${new URLSearchParams({ ...(about ? { about } : {}), all: "true" })}`}
        />
      ) : null}
    </Section>
  );
}

/** The way to the others: the whole list here, or if that is too long the licenses. */
function Rest({ of, href }: { of: number; href: string | null }) {
  if (href)
    return (
      <TextLink href={href} scroll={false}>
        {`Show all ${count(of)}`}
      </TextLink>
    );
  return <TextLink href="/licenses?view=needs">{`${count(of)} in all: show their licenses`}</TextLink>;
}

function Matters({ needs, about }: Pick<Props, "needs" | "about">) {
  const links = SUBJECT_MATTERS.map((matter) => ({
    name: NAMES[matter],
    href: `/?about=${matter}`,
    count: needs.filter(({ need }) => matterOf(need) === matter).length,
    isCurrent: about === matter,
  }));
  const all = { name: "All", href: "/", count: needs.length, isCurrent: about === null };
  return <FilterLinks label="Topic" links={[all, ...links]} />;
}

function Row({ row, need, now, dates }: Overview["needs"][number] & { now: Date; dates: DateStyle }) {
  const { state, badge, what, link, href } = needLabel(need, row, now, dates);
  const number = formatLicenseNumber(row.number);
  return (
    <li className={styles.row}>
      <span className={styles.badge}>
        <StateBadge state={state}>{badge}</StateBadge>
      </span>
      <Link
        className={styles.license}
        href={`/licenses/${row.number}`}
        title={`${row.customer.name}, ${number}`}
      >
        <span className={styles.customer}>{row.customer.name}</span>
        <span className={styles.number}>…{row.number.slice(-4)}</span>
      </Link>
      <span className={styles.what}>{what}</span>
      <Link
        className={styles.link}
        href={href}
        aria-label={`${link}: ${badge}, ${row.customer.name} ${number}`}
      >
        {link}
      </Link>
    </li>
  );
}

function fineWords(about: SubjectMatter | null, now: Date, dates: DateStyle): string {
  const what = about
    ? `No ${NAMES[about].toLowerCase()} issues need your attention.`
    : "Nothing needs your attention.";
  return `${what} Last check ${clockText(now, dates)} ${zoneName(dates.zone)}.`;
}

function keyOf({ row, need }: Overview["needs"][number]): string {
  return `${row.number} ${need.kind} ${"pool" in need ? need.pool.name : ""}`;
}
