import type { ReactNode } from "react";
import { Empty } from "@/components/ui/empty";
import { TextLink } from "@/components/ui/text-link";

/** What the pages about minutes show for a license without any, above a link that leads on. */
export function OnlySeats({ children }: { children: ReactNode }) {
  return (
    <Empty title="This license has only seats, no minutes.">
      <p>
        Minutes are bought as allotments of the usage class time, such as <code>analyzer_time</code>. An
        issuer can add one in the definition.
      </p>
      {children}
    </Empty>
  );
}

/** The same on a page below Capacity. */
export function OnlySeatsBelow({ capacity }: { capacity: string }) {
  return (
    <OnlySeats>
      <TextLink href={capacity}>Back to capacity</TextLink>
    </OnlySeats>
  );
}
