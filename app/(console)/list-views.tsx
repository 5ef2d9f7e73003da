"use client";

import { IconX } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { TextLink } from "@/components/text-link";
import { viewSearch } from "@/domain/view-search";
import type { List, SavedView } from "@/server/saved-views";
import { SaveView } from "./save-view";
import styles from "./saved-views.module.css";
import { removeViewByForm } from "./view-actions";

type Parts = { list: List; path: string; saved: readonly SavedView[]; builtIn: readonly string[] };

/**
 * The views that a person keeps of a list, after the built-in ones: the one that is shown can be removed, and a list that
 * no view shows can be kept.
 */
export function SavedViews({ list, path, saved, builtIn }: Parts) {
  const params = useSearchParams();
  const shown = viewSearch(params.toString());
  const isKept = saved.some(({ search }) => search === shown);
  return (
    <>
      {saved.map(({ id, name, search }) => (
        <span key={id} data-here={search === shown} className={styles.saved}>
          <TextLink href={`${path}?${search}`}>{name}</TextLink>
          {search === shown ? <RemoveView id={id} name={name} /> : null}
        </span>
      ))}
      {shown && !isKept && !builtIn.map(viewSearch).includes(shown) ? (
        <SaveView key={shown} list={list} search={shown} hasSearch={params.has("q")} />
      ) : null}
    </>
  );
}

function RemoveView({ id, name }: Pick<SavedView, "id" | "name">) {
  return (
    <form action={removeViewByForm}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" className={styles.remove} aria-label={`Remove the view ${name}`}>
        <IconX size={15} stroke={2} aria-hidden />
      </button>
    </form>
  );
}
