import { TextLink } from "@/components/text-link";
import type { SavedView } from "@/server/saved-views";
import { SavedViews } from "../saved-views";
import type { ListParams } from "./search-params";
import styles from "./views.module.css";

const BUILT_IN = [
  { name: "All", search: "" },
  { name: "Need me", search: "view=needs" },
  { name: "Ending in 60 days", search: "ends=60&sort=ends" },
];

type Parts = { params: ListParams; narrowed: number; saved: readonly SavedView[] };

/** The ways to look at the licenses, and those of one's own. */
export function Views({ params: { view, ends }, narrowed, saved }: Parts) {
  const here =
    view === "needs" ? "Need me" : ends === "60" ? "Ending in 60 days" : narrowed === 0 ? "All" : "";
  return (
    <nav aria-label="Views" className={styles.views}>
      {BUILT_IN.map(({ name, search }) => (
        <span key={name} data-here={name === here}>
          <TextLink href={search ? `/licenses?${search}` : "/licenses"}>{name}</TextLink>
        </span>
      ))}
      <SavedViews
        list="licenses"
        path="/licenses"
        saved={saved}
        builtIn={BUILT_IN.map(({ search }) => search)}
      />
    </nav>
  );
}
