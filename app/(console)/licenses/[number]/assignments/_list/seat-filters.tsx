import { debounce } from "nuqs";
import { useEffect, useState } from "react";
import type { Assignable } from "@/app/(console)/licenses/[number]/assignments/_assign/assign-form";
import type { ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";
import { FilterFold } from "@/components/ui/filter-fold";

/** `assignable` are the allotments whose seats can be assigned. */
export type Choices = {
  allotments: string[];
  assignable: Assignable[];
  sites: { source: string; name: string | null }[];
};

type Props = {
  params: ListParams;
  choices: Choices;
  /** Other parameters of the URL, which stay unchanged. */
  kept: string;
  set(
    values: Partial<ListParams>,
    options?: { limitUrlUpdates?: ReturnType<typeof debounce>; history?: "push" | "replace" },
  ): void;
};

const IDLE_DAYS = [30, 60, 90, 180, 365];

/** The filters of the list. Without JavaScript a button submits them. */
export function SeatFilters({ params, choices, kept, set }: Props) {
  const [typed, setTyped] = useState(params.q);
  useEffect(() => setTyped(params.q), [params.q]);
  const said = [params.allotment, params.state, params.source, params.idle].filter(Boolean).length;
  const push = (values: Partial<ListParams>) => set(values, { history: "push" });
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          set({ q: typed });
        }}
      >
        <input
          type="search"
          name="q"
          aria-label="Find a user"
          placeholder="Find a user"
          value={typed}
          onChange={({ currentTarget: { value } }) => {
            setTyped(value);
            set({ q: value }, { limitUrlUpdates: debounce(250), history: "replace" });
          }}
        />
        <FilterFold said={said} isRare>
          <select
            name="allotment"
            aria-label="Allotment"
            value={params.allotment}
            onChange={({ currentTarget: { value } }) => push({ allotment: value })}
          >
            <option value="">Any allotment</option>
            {withChosen(choices.allotments, params.allotment).map((name) => (
              <option key={name}>{name}</option>
            ))}
          </select>
          <select
            name="state"
            aria-label="State"
            value={params.state ?? ""}
            onChange={({ currentTarget: { value } }) =>
              push({ state: value === "active" || value === "excess" ? value : null })
            }
          >
            <option value="">Any state</option>
            <option value="active">Active</option>
            <option value="excess">Excess</option>
          </select>
          <select
            name="source"
            aria-label="Deployment"
            value={params.source}
            onChange={({ currentTarget: { value } }) => push({ source: value })}
          >
            <option value="">Any deployment</option>
            <option value="admin">Console</option>
            {withChosen(
              choices.sites.map(({ source }) => source),
              params.source === "admin" ? "" : params.source,
            ).map((source) => (
              <option key={source} value={source}>
                {choices.sites.find((deployment) => deployment.source === source)?.name ?? source}
              </option>
            ))}
          </select>
          <select
            name="idle"
            aria-label="Idle"
            value={params.idle ?? ""}
            onChange={({ currentTarget: { value } }) => push({ idle: value === "" ? null : Number(value) })}
          >
            <option value="">Any usage</option>
            {withChosen(IDLE_DAYS, params.idle).map((days) => (
              <option key={days} value={days}>
                Idle {days} days
              </option>
            ))}
          </select>
        </FilterFold>
        <noscript>
          {[...new URLSearchParams(kept)].map(([name, value]) => (
            <input key={name} type="hidden" name={name} value={value} />
          ))}
          <button type="submit">Find</button>
        </noscript>
      </form>
    </search>
  );
}

/** Adds the value from the URL to the choices, even if no row has it. */
function withChosen<T>(choices: readonly T[], chosen: T | null): readonly T[] {
  return !chosen || choices.includes(chosen) ? choices : [...choices, chosen];
}
