import { count } from "@/components/numbers";
import { TextLink } from "@/components/text-link";
import { IDLE_DAYS, type ViewCounts } from "@/server/assignment-views";
import type { SavedView } from "@/server/saved-views";
import { SavedViews } from "../../../saved-views";
import type { Params } from "./search-params";
import styles from "./seats.module.css";

type Parts = { number: string; counts: ViewCounts; saved: readonly SavedView[]; params: Params };

/** The ways to look at the assignments of a license, with how many each holds, and those of one's own. */
export function Views({ number, counts, saved, params }: Parts) {
  const { view, state, idle, spelling, orphan } = params;
  const views = [
    {
      name: "All",
      search: "",
      held: counts.all,
      here: !view && !state && idle === null && !spelling && !orphan,
    },
    { name: "Excess", search: "?state=excess", held: counts.excess, here: state === "excess" },
    { name: "Rejected", search: "?view=rejected", held: counts.rejected, here: view === "rejected" },
    {
      name: `Idle ${IDLE_DAYS} days`,
      search: `?idle=${IDLE_DAYS}`,
      held: counts.idle,
      here: idle === IDLE_DAYS,
    },
    { name: "Two spellings", search: "?spelling=true", held: counts.spellings, here: spelling },
    { name: "Orphans", search: "?orphan=true", held: counts.orphans, here: orphan },
    { name: "Released", search: "?view=released", held: null, here: view === "released" },
  ];
  return (
    <nav aria-label="Views" className={styles.views}>
      {views.map(({ name, search, held, here }) => (
        <span key={name} data-here={here}>
          <TextLink href={`/licenses/${number}/assignments${search}`}>{name}</TextLink>
          {held === null ? null : ` ${count(held)}`}
        </span>
      ))}
      <SavedViews
        list="assignments"
        path={`/licenses/${number}/assignments`}
        saved={saved}
        builtIn={views.map(({ search }) => search)}
      />
    </nav>
  );
}
