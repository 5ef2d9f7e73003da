import type { Field } from "@/app/(console)/_list/filter-fields";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import type { FilterValues } from "@/app/(console)/_list/use-filtering";
import type { Assignable } from "@/app/(console)/licenses/[number]/assignments/_assign/assign-form";
import type { ListParams } from "@/app/(console)/licenses/[number]/assignments/search-params";

/** `assignable` are the allotments whose seats can be assigned. */
export type Choices = {
  allotments: string[];
  assignable: Assignable[];
  sites: { source: string; name: string | null }[];
};

type Props = {
  list: string;
  params: ListParams;
  choices: Choices;
  set(values: Partial<ListParams>, options?: { history?: "push" | "replace" }): void;
};

const IDLE_DAYS = [30, 60, 90, 180, 365];
/** The filters that only views set. */
const OF_VIEWS = ["spelling", "orphan"];

/** The filters of the list. */
export function SeatFilters({ list, params, choices, set }: Props) {
  return (
    <ListFilters
      path={list}
      label="Find a user"
      search={params.q}
      fields={fieldsOf(params, choices)}
      others={OF_VIEWS}
      apply={(values, history) => set(paramsOf(values), { history })}
    />
  );
}

function fieldsOf({ allotment, state, source, idle }: ListParams, { allotments, sites }: Choices): Field[] {
  const sources = withChosen(
    sites.map((site) => site.source),
    source === "admin" ? "" : source,
  );
  return [
    {
      ...{ name: "allotment", label: "Allotment", any: "Any allotment", value: allotment },
      choices: withChosen(allotments, allotment).map((name) => ({ value: name, name })),
    },
    {
      ...{ name: "state", label: "State", any: "Any state", value: state ?? "" },
      choices: [
        { value: "active", name: "Active" },
        { value: "excess", name: "Excess" },
      ],
    },
    {
      ...{ name: "source", label: "Deployment", any: "Any deployment", value: source },
      choices: [
        { value: "admin", name: "Console" },
        ...sources.map((value) => ({
          value,
          name: sites.find((deployment) => deployment.source === value)?.name ?? value,
        })),
      ],
    },
    {
      ...{ name: "idle", label: "Idle", any: "Any usage", value: idle === null ? "" : String(idle) },
      choices: withChosen(IDLE_DAYS, idle).map((days) => ({
        value: String(days),
        name: `Idle ${days} days`,
      })),
    },
  ];
}

function paramsOf({ q, allotment, state, source, idle }: FilterValues): Partial<ListParams> {
  return {
    q: q ?? "",
    allotment: allotment ?? "",
    state: state === "active" || state === "excess" ? state : null,
    source: source ?? "",
    idle: idle ? Number(idle) : null,
  };
}

/** Adds the value from the URL to the choices, even if no row has it. */
function withChosen<T>(choices: readonly T[], chosen: T | null): readonly T[] {
  return !chosen || choices.includes(chosen) ? choices : [...choices, chosen];
}
