import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import type { ActionResult } from "@/app/(console)/_lib/action-result";
import type { Assigning } from "@/app/(console)/licenses/[number]/assignments/_assign/assign-form";
import { secondSeatLabel } from "@/app/(console)/licenses/[number]/assignments/_assign/second-seat-labels";
import {
  assign,
  convert,
  release,
  type SeatsAssigned,
  type SelectionSent,
} from "@/app/(console)/licenses/[number]/assignments/actions";
import type { RefusalNotice } from "@/components/forms/refusal-notice";
import { orUnanswered } from "@/components/forms/unanswered";
import { useAnnounce } from "@/components/shell/announcer";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import type { SeatsChanged } from "@/server/assignments/changes/seat-results";
import { changedLabel } from "./changed-labels";
import type { SeatRow } from "./listed-seats";

/** The status of a row with a pending change, or with a refused one and the reason. */
export type SeatWorkStatus = { pending: string } | { fault: RefusalNotice };
/** A user whose assignment the server hasn't confirmed yet. */
export type Newcomer = { subject: string; allotment: string; standing: SeatWorkStatus };

/** The seats to change; `rows` are those of them on the page, `size` counts all. */
export type Target = { selection: SelectionSent; rows: SeatRow[]; size: number };

/** Assigns, converts and releases seats. Changes appear at once and are reverted with the reason if refused. */
export function useSeatWork(number: string, drop: (gone: ReadonlySet<string>) => void) {
  const [standings, setStandings] = useState<ReadonlyMap<string, SeatWorkStatus>>(new Map());
  const [newcomers, setNewcomers] = useState<Newcomer[]>([]);
  const { did } = useChanges();
  const announce = useAnnounce();
  const refresh = useRefresh();
  const queries = useQueryClient();

  const mark = (rows: SeatRow[], standing: SeatWorkStatus | null) =>
    setStandings((before) => {
      const after = new Map(before);
      for (const { instance } of rows) standing ? after.set(instance, standing) : after.delete(instance);
      return after;
    });

  async function settle(
    result: ActionResult<SeatsAssigned | (SeatsChanged & { second?: undefined })>,
    verb: string,
    names: string,
  ) {
    if (result.ok) {
      const { undo, second = [] } = result.did;
      const words = [changedLabel(result.did, verb, names), secondSeatLabel(second)]
        .filter(Boolean)
        .join(" ");
      did({ words, undo: undo ? { license: number, sealed: undo } : undefined });
    } else announce(result.refused.sentence, "assertive");
    void refresh();
    await queries.invalidateQueries({ queryKey: ["seats", number] });
  }

  async function work(
    { rows }: Target,
    pending: string,
    send: () => Promise<ActionResult<SeatsChanged>>,
    verb: string,
    names: string,
  ) {
    mark(rows, { pending });
    const result = await orUnanswered(send());
    if (result.ok) drop(new Set(result.did.done.map(({ instance }) => instance)));
    await settle(result, verb, names);
    mark(rows, result.ok ? null : { fault: result.refused });
    return result;
  }

  return {
    standings,
    newcomers,
    dismiss: (subject: string) => setNewcomers((before) => before.filter((one) => one.subject !== subject)),
    forgive: (row: SeatRow) => mark([row], null),
    release: (target: Target) =>
      work(target, "Releasing", () => release(number, target.selection), "Released", fromWords(target)),
    convert: (target: Target, into: string) =>
      work(
        target,
        `Converting to ${into}`,
        () => convert(number, target.selection, into),
        "Converted",
        ` to ${into}`,
      ),
    assign: async ({ subjects, allotment, converts }: Assigning) => {
      setNewcomers(subjects.map((subject) => ({ subject, allotment, standing: { pending: "Assigning" } })));
      const result = await orUnanswered(assign(number, { subjects, allotment, converts }));
      await settle(result, "Assigned", ` to ${allotment}`);
      const left = result.ok
        ? result.did.left.map(({ subject, ...fault }) => ({ subject, fault }))
        : subjects.map((subject) => ({ subject, fault: result.refused }));
      setNewcomers(left.map(({ subject, fault }) => ({ subject, allotment, standing: { fault } })));
      return result;
    },
  };
}

function fromWords({ rows }: Target): string {
  const [first] = rows;
  return rows.length === 1 && first ? ` from ${first.allotment}` : "";
}
