"use client";

import { Button } from "@mantine/core";
import { debounce, useQueryStates } from "nuqs";
import { DayField } from "@/components/forms/day-field";
import { FindField } from "@/components/forms/find-field";
import { FilterFold } from "@/components/ui/filter-fold";
import { AUDIT_ACTIONS, AUDIT_NOUNS } from "@/domain/audit-actions";
import { dayOf } from "@/domain/month";
import { ACTOR_KINDS, type AuditParams, auditFilters, auditPosition } from "./search-params";

type Props = {
  asked: AuditParams;
  /** The nouns that events can have. */
  nouns: readonly (keyof typeof AUDIT_NOUNS)[];
};

const KINDS = { user: "People", token: "API tokens", product: "Products", system: "Signet" };
const OPTIONS = { shallow: false, history: "push", scroll: false } as const;
const CLEAR = { actor: null, kind: null, action: null, object: null, from: null, to: null, within: null };

/** The filters of the audit. A choice goes into the URL at once; without JavaScript a button submits it. */
export function AuditFilters({ asked, nouns }: Props) {
  const [, set] = useQueryStates({ ...auditFilters, ...auditPosition }, OPTIONS);
  const narrow = (change: Parameters<typeof set>[0], options?: Parameters<typeof set>[1]) =>
    set({ ...change, cursor: null, open: null }, options);
  const type = (change: Parameters<typeof set>[0]) =>
    narrow(change, { limitUrlUpdates: debounce(250), history: "replace" });
  const { actor, kind, action, object, from, to, within } = asked;
  const said = [kind, action, object, from, to].filter(Boolean).length;
  const isNarrow = actor || within || said > 0;
  return (
    <search>
      <form onSubmit={(event) => event.preventDefault()}>
        <FindField
          name="actor"
          label="Actor, by name or ID"
          value={actor}
          set={(value) => type({ actor: value })}
        />
        <FilterFold said={said} isRare>
          <select
            name="kind"
            aria-label="Kind of actor"
            value={kind ?? ""}
            onChange={({ currentTarget: { value } }) =>
              narrow({ kind: ACTOR_KINDS.find((known) => known === value) ?? null })
            }
          >
            <option value="">Anyone</option>
            {ACTOR_KINDS.map((known) => (
              <option key={known} value={known}>
                {KINDS[known]}
              </option>
            ))}
          </select>
          <select
            name="action"
            aria-label="Action"
            value={action}
            onChange={({ currentTarget: { value } }) => narrow({ action: value })}
          >
            <option value="">Any action</option>
            {nouns.map((noun) => (
              <optgroup key={noun} label={AUDIT_NOUNS[noun]}>
                <option value={noun}>All {eventsOf(noun)} events</option>
                {Object.entries(AUDIT_ACTIONS)
                  .filter(([name]) => name.startsWith(`${noun}.`))
                  .map(([name, words]) => (
                    <option key={name} value={name}>
                      {words}
                    </option>
                  ))}
              </optgroup>
            ))}
          </select>
          <FindField
            name="object"
            label="Object, by name or ID"
            value={object}
            set={(value) => type({ object: value })}
          />
          <DayField
            name="from"
            label="From"
            value={from ? dayOf(from) : ""}
            set={(day) => narrow({ from: day ? new Date(day) : null })}
          />
          <DayField
            name="to"
            label="To"
            value={to ? dayOf(to) : ""}
            set={(day) => narrow({ to: day ? new Date(day) : null })}
          />
        </FilterFold>
        {within ? <input type="hidden" name="within" value={within} /> : null}
        <noscript>
          <button type="submit">Find</button>
        </noscript>
        {isNarrow ? (
          <Button variant="subtle" type="button" onClick={() => narrow(CLEAR)}>
            Clear filters
          </Button>
        ) : null}
      </form>
    </search>
  );
}

/** Turns `Signed definitions` into `signed definition`, for `All signed definition events`. */
function eventsOf(noun: keyof typeof AUDIT_NOUNS): string {
  const name = AUDIT_NOUNS[noun].replace(/s$/, "");
  return name.startsWith("API") ? name : name.toLowerCase();
}
