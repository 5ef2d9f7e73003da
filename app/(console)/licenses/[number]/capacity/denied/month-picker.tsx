import { Pickers } from "@/app/(console)/licenses/[number]/capacity/pickers";
import { monthsBetween } from "@/app/(console)/licenses/[number]/capacity/pickers-of";
import { addMonths, type Month } from "@/domain/month";
import { deniedSearch } from "./search-params";

type Props = { path: string; month: Month; running: Month; created: Month };

/** The field for the month; denials of all allotments are shown. */
export function MonthPicker({ path, month, running, created }: Props) {
  const wayTo = (to: Month) => ({ month: to, href: deniedSearch(path, { month: to }) });
  return (
    <Pickers
      action={path}
      allotments={[]}
      allotment=""
      months={monthsBetween(month < created ? month : created, running)}
      month={month}
      earlier={wayTo(addMonths(month, -1))}
      later={month < running ? wayTo(addMonths(month, 1)) : null}
    />
  );
}
