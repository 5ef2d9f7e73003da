"use client";

import { IconX } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { count } from "@/components/numbers";
import { TextLink } from "@/components/text-link";
import { viewSearch } from "@/domain/view-search";
import type { List, SavedView } from "@/server/saved-views";
import styles from "./list-views.module.css";
import { SaveView } from "./save-view";
import { removeViewByForm } from "./view-actions";

/** A way to look at a list that everyone has; `held` is how many it shows, where that is known. */
export type BuiltInView = { name: string; search: string; held?: number };

type Parts = {
  list: List;
  path: string;
  builtIn: readonly BuiltInView[];
  saved: readonly SavedView[];
  why: string | null;
};

/**
 * The ways to look at a list, those of everyone first. The address says which is shown: one's own can be removed then, and
 * what no view shows can be kept.
 */
export function ListViews({ list, path, builtIn, saved, why }: Parts) {
  const params = useSearchParams();
  const shown = viewSearch(params.toString());
  const isShown = ({ search }: { search: string }) => viewSearch(search) === shown;
  const own = saved.find(isShown);
  return (
    <nav aria-label="Views" className={styles.views}>
      {[...builtIn, ...saved].map((view) => (
        <span key={`${view.name} ${view.search}`} data-here={isShown(view)}>
          <TextLink href={view.search ? `${path}?${view.search}` : path}>{view.name}</TextLink>
          {"held" in view && view.held !== undefined ? ` ${count(view.held)}` : null}
          {view === own ? <RemoveView id={own.id} name={own.name} why={why} /> : null}
        </span>
      ))}
      {own || builtIn.some(isShown) ? null : (
        <SaveView key={shown} list={list} search={shown} hasSearch={params.has("q")} why={why} />
      )}
    </nav>
  );
}

function RemoveView({ id, name, why }: Pick<SavedView, "id" | "name"> & { why: string | null }) {
  return (
    <form action={removeViewByForm}>
      <input type="hidden" name="id" value={id} />
      <button
        type={why ? "button" : "submit"}
        className={styles.remove}
        aria-label={`Remove the view ${name}`}
        aria-disabled={why !== null}
        aria-description={why ?? undefined}
        title={why ?? undefined}
      >
        <IconX size={15} stroke={2} aria-hidden />
      </button>
    </form>
  );
}
