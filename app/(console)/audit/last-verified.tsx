import { dateStyle } from "@/app/(console)/_lib/date-style";
import { count, counted } from "@/components/text/numbers";
import { When } from "@/components/text/when";
import { Problem } from "@/components/ui/problem";
import { type DateStyle, zonedText } from "@/domain/dates/date-style";
import { formatLicenseNumber, parseLicenseNumber } from "@/domain/licenses/license-number";
import type { Verified } from "@/server/audit/verification";

/** The result of the last verification of one chain, or of all chains that the person may read. */
export async function LastVerified({ of, isOne, now }: { of: Verified; isOne: boolean; now: Date }) {
  const { chains, checked, events, since, last, by, bad } = of;
  if (bad) return <Problem>{brokenWords(bad, await dateStyle())}</Problem>;
  if (!since) return <p>{isOne ? "Not verified yet." : "No chain verified yet."}</p>;
  const unchecked = chains - checked;
  const isAtOnce = since.getTime() === last?.getTime();
  return (
    <p>
      {isOne
        ? `Chain verified through event ${count(events)}, `
        : `${counted(checked, "chain")} verified, ${counted(events, "event")} intact, `}
      {isAtOnce ? "last checked " : "oldest check "}
      <When at={since} now={now} isNamed />
      {by ? ` by ${by}` : null}.{unchecked > 0 ? ` ${counted(unchecked, "chain")} not verified yet.` : null}
    </p>
  );
}

function brokenWords(bad: NonNullable<Verified["bad"]>, dates: DateStyle): string {
  const { chain, sequence, reason, at } = bad;
  const whose = parseLicenseNumber(chain)
    ? `of license ${formatLicenseNumber(chain)}`
    : "of the installation";
  return `The audit chain ${whose} breaks at event ${count(sequence)}, which ${reason} (checked ${zonedText(at, dates)}). Export the log now, and don't change the database.`;
}
