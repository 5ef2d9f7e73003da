"use client";

import { debounce, useQueryStates } from "nuqs";
import type { ReactNode } from "react";
import { keyName } from "@/app/(console)/licenses/[number]/keys/key-name";
import { DayField } from "@/components/forms/day-field";
import { FindField } from "@/components/forms/find-field";
import { FilterFold } from "@/components/ui/filter-fold";
import { FilterLinks } from "@/components/ui/filter-links";
import { type DeploymentState, FORGET_DAYS } from "@/domain/deployment-pulse";
import { dayOf } from "@/domain/month";
import type { DeploymentPage } from "./listed-deployments";
import {
  type DeploymentParams,
  deploymentFilters,
  deploymentPosition,
  deploymentSearch,
} from "./search-params";

type Props = { number: string; asked: DeploymentParams; page: DeploymentPage; views: ReactNode };

const NAMES: [DeploymentState | null, string][] = [
  [null, "All"],
  ["seen", "Seen today"],
  ["silent", "Silent"],
  ["forgettable", `Silent ${FORGET_DAYS} days`],
  ["offline", "Offline"],
  ["suspicious", "Suspicious"],
  ["behind", "Behind"],
  ["skewed", "Clock drift"],
];

/** The filters of the deployments, with the number in each state. */
export function DeploymentFilters({ number, asked, page: { counts, products, keys }, views }: Props) {
  const [, set] = useQueryStates(
    { ...deploymentFilters, ...deploymentPosition },
    { shallow: false, scroll: false },
  );
  const path = `/licenses/${number}/deployments`;
  const shown = NAMES.filter(([state]) => isWorth(state, asked.state, counts));
  const links = shown.map(([state, name]) => ({
    name,
    href: deploymentSearch(path, { ...asked, state, cursor: null, open: null }),
    count: counts[state ?? "all"],
    isCurrent: asked.state === state,
  }));
  const said = [asked.product, asked.key, asked.before].filter(Boolean).length;
  const find = (q: string) =>
    set({ q, cursor: null, open: null }, { history: "replace", limitUrlUpdates: debounce(250) });
  const choose = (filter: { product: string } | { key: string | null } | { before: Date | null }) =>
    set({ ...filter, cursor: null, open: null }, { history: "push" });
  return (
    <>
      <FilterLinks label="Deployments by state" links={links} />
      {views}
      <search>
        <form onSubmit={(event) => event.preventDefault()}>
          <FindField name="q" label="Find a name or source" value={asked.q} set={find} />
          <FilterFold said={said} isRare>
            {products.length > 1 || asked.product ? (
              <select
                name="product"
                aria-label="Product"
                value={asked.product}
                onChange={({ currentTarget }) => choose({ product: currentTarget.value })}
              >
                <option value="">Any product</option>
                {[...new Set([...products, asked.product])].filter(Boolean).map((product) => (
                  <option key={product}>{product}</option>
                ))}
              </select>
            ) : null}
            {keys.length > 1 || asked.key ? (
              <select
                name="key"
                aria-label="Key"
                value={asked.key ?? ""}
                onChange={({ currentTarget }) => choose({ key: currentTarget.value || null })}
              >
                <option value="">Any key</option>
                {keysToChoose(keys, asked.key).map(({ jti, label }) => (
                  <option key={jti} value={jti}>
                    {keyName({ jti, label })}
                  </option>
                ))}
              </select>
            ) : null}
            <DayField
              name="before"
              label="Seen before"
              value={asked.before ? dayOf(asked.before) : ""}
              set={(day) => choose({ before: day ? new Date(day) : null })}
            />
          </FilterFold>
        </form>
      </search>
    </>
  );
}

/** All, those seen today, and each other state that a deployment is in or that is shown. */
function isWorth(
  state: DeploymentState | null,
  asked: DeploymentParams["state"],
  counts: DeploymentPage["counts"],
): boolean {
  return state === null || state === "seen" || state === asked || counts[state] > 0;
}

/** The keys in use, and the one in the URL even if nothing uses it. */
function keysToChoose(keys: DeploymentPage["keys"], asked: string | null): DeploymentPage["keys"] {
  return asked === null || keys.some(({ jti }) => jti === asked)
    ? keys
    : [...keys, { jti: asked, label: "" }];
}
