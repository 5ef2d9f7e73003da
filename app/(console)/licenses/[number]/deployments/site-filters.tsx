"use client";

import { debounce, useQueryStates } from "nuqs";
import bar from "@/components/filter-bar.module.css";
import { FilterLinks } from "@/components/filter-links";
import { FindField } from "@/components/find-field";
import { type DeploymentState, FORGET_DAYS } from "@/domain/deployment-pulse";
import type { SitePage } from "./listed-sites";
import { type SiteParams, siteFilters, sitePlace, siteSearch } from "./search-params";

type Parts = { number: string; asked: SiteParams; page: SitePage };

const NAMES: [DeploymentState | null, string][] = [
  [null, "All"],
  ["seen", "Seen today"],
  ["silent", "Silent"],
  ["forgettable", `Silent ${FORGET_DAYS} days`],
  ["suspicious", "Suspicious"],
  ["behind", "Behind"],
  ["skewed", "Clock off"],
];

/** What narrows the deployments, with how many each state has. */
export function SiteFilters({ number, asked, page: { counts, products } }: Parts) {
  const [, set] = useQueryStates({ ...siteFilters, ...sitePlace }, { shallow: false, scroll: false });
  const path = `/licenses/${number}/deployments`;
  const links = NAMES.map(([state, name]) => ({
    name,
    href: siteSearch(path, { ...asked, state, cursor: null, open: null }),
    count: counts[state ?? "all"],
    isCurrent: asked.state === state,
  }));
  const find = (q: string) =>
    set({ q, cursor: null, open: null }, { history: "replace", limitUrlUpdates: debounce(250) });
  return (
    <search className={bar.filters}>
      <form onSubmit={(event) => event.preventDefault()}>
        <FilterLinks label="Deployments by state" links={links} />
        <FindField name="q" label="Find a name or source" value={asked.q} set={find} />
        {products.length > 1 ? (
          <select
            name="product"
            aria-label="Product"
            value={asked.product}
            onChange={({ currentTarget }) =>
              set({ product: currentTarget.value, cursor: null, open: null }, { history: "push" })
            }
          >
            <option value="">Any product</option>
            {products.map((product) => (
              <option key={product}>{product}</option>
            ))}
          </select>
        ) : null}
      </form>
    </search>
  );
}
