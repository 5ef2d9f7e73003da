"use client";

import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import Form from "next/form";
import { useRouter } from "next/navigation";
import { useSingleKeys } from "@/components/shell/single-keys";
import { monthText } from "@/components/text/when";
import { Link } from "@/components/ui/link";
import type { Month } from "@/domain/month";
import styles from "./pickers.module.css";

type Way = { month: Month; href: string } | null;
type Props = {
  action: string;
  allotments: string[];
  allotment: string;
  months: Month[];
  month: Month;
  earlier: Way;
  later: Way;
};

/** The fields for allotment and month. A choice applies at once; without JavaScript a button submits it. */
export function Pickers({ action, allotments, allotment, months, month, earlier, later }: Props) {
  const router = useRouter();
  useSingleKeys((key) => {
    const way = { ",": earlier, ".": later }[key];
    if (way) router.push(way.href);
    return Boolean(way);
  });
  return (
    <Form action={action} className={styles.pickers} key={`${allotment} ${month}`}>
      <Step way={earlier} name="Earlier month" Icon={IconChevronLeft} />
      <select
        name="month"
        aria-label="Month (UTC)"
        defaultValue={month}
        onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
      >
        {months.map((of) => (
          <option key={of} value={of}>
            {monthText(of)}
          </option>
        ))}
      </select>
      <Step way={later} name="Later month" Icon={IconChevronRight} />
      {allotments.length > 1 ? (
        <select
          name="allotment"
          aria-label="Allotment"
          defaultValue={allotment}
          onChange={({ currentTarget }) => currentTarget.form?.requestSubmit()}
        >
          {allotments.map((name) => (
            <option key={name}>{name}</option>
          ))}
        </select>
      ) : allotment ? (
        <span className={styles.only}>{allotment}</span>
      ) : null}
      <noscript>
        <button type="submit">Show</button>
      </noscript>
    </Form>
  );
}

function Step({ way, name, Icon }: { way: Way; name: string; Icon: typeof IconChevronLeft }) {
  const icon = <Icon size={18} stroke={1.75} aria-hidden />;
  if (!way) return <span className={styles.end}>{icon}</span>;
  return (
    <Link className={styles.step} href={way.href} aria-label={`${name}, ${monthText(way.month)}`}>
      {icon}
    </Link>
  );
}
