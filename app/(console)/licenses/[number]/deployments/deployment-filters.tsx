import type { Field } from "@/app/(console)/_list/filter-fields";
import { ListFilters } from "@/app/(console)/_list/list-filters";
import { type BuiltInView, ListViews } from "@/app/(console)/_list/list-views";
import { keyName } from "@/app/(console)/licenses/[number]/keys/key-name";
import { type DeploymentState, FORGET_DAYS } from "@/domain/deployment-pulse";
import type { SavedView } from "@/server/identity/saved-views";
import type { DeploymentPage } from "./listed-deployments";
import type { DeploymentParams } from "./search-params";

type Props = {
  path: string;
  asked: DeploymentParams;
  page: DeploymentPage;
  before: string;
  saved: readonly SavedView[];
  /** Why the person can't save a view; null if they can. */
  whyNotSave: string | null;
};

const STATES: [DeploymentState, string][] = [
  ["seen", "Seen today"],
  ["silent", "Silent"],
  ["forgettable", `Silent ${FORGET_DAYS} days`],
  ["offline", "Offline"],
  ["suspicious", "Suspicious"],
  ["behind", "Behind"],
  ["skewed", "Clock drift"],
];

/** The views and filters of the deployments, with the number in each state. */
export function DeploymentFilters({ path, asked, page, before, saved, whyNotSave }: Props) {
  return (
    <>
      <ListViews list="deployments" path={path} builtIn={viewsOf(page)} saved={saved} why={whyNotSave} />
      <ListFilters
        path={path}
        label="Find a name or source"
        search={asked.q.trim()}
        fields={fieldsOf(asked, before, page)}
        others={["state"]}
      />
    </>
  );
}

/** All, those seen today, and each other state that a deployment is in or that is shown. */
function viewsOf({ counts }: DeploymentPage): BuiltInView[] {
  const states = STATES.map(([id, name]) => ({
    ...{ id, name, search: `state=${id}`, held: counts[id] },
    isRare: id !== "seen",
  }));
  return [{ id: "all", name: "All", search: "", held: counts.all }, ...states];
}

function fieldsOf(
  { product, key }: DeploymentParams,
  before: string,
  { products, keys }: DeploymentPage,
): Field[] {
  const shown = [...new Set([...products, product])].filter(Boolean);
  const day: Field = {
    kind: "day",
    name: "before",
    label: "Seen before (UTC)",
    value: before,
  };
  return [
    ...(products.length > 1 || product
      ? [{ ...named("product", "Product", product), choices: shown.map((name) => ({ value: name, name })) }]
      : []),
    ...(keys.length > 1 || key
      ? [
          {
            ...named("key", "Key", key ?? ""),
            choices: keysToChoose(keys, key).map((one) => ({ value: one.jti, name: keyName(one) })),
          },
        ]
      : []),
    day,
  ];
}

function named(name: string, label: string, value: string) {
  return { name, label, any: `Any ${name}`, value };
}

/** The keys in use, and the one in the URL even if nothing uses it. */
function keysToChoose(keys: DeploymentPage["keys"], asked: string | null): DeploymentPage["keys"] {
  return asked === null || keys.some(({ jti }) => jti === asked)
    ? keys
    : [...keys, { jti: asked, label: "" }];
}
