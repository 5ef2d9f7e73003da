"use client";

import { IconPencil, IconX } from "@tabler/icons-react";
import { useSearchParams } from "next/navigation";
import { RefusalMarks } from "@/components/forms/refusal-marks";
import { useResult } from "@/components/forms/use-result";
import { count } from "@/components/text/numbers";
import { TextLink } from "@/components/ui/text-link";
import { viewHref, viewIn, viewSearch } from "@/domain/view-search";
import type { List, SavedView } from "@/server/identity/saved-views";
import styles from "./list-views.module.css";
import { removeViewByForm, renameViewByForm, saveViewByForm } from "./view-actions";
import { ViewForm } from "./view-form";

/** A view that everyone has; `held` is the number of its entries, if known. A rare one is left out while it has none. */
export type BuiltInView = SavedView & { held?: number; isRare?: boolean };

type Props = {
  list: List;
  path: string;
  builtIn?: readonly BuiltInView[];
  saved: readonly SavedView[];
  why: string | null;
};

/**
 * The views of a list, built-in ones first. The URL says which view is shown, or which one it started from and changed:
 * the person's own views can then be updated, renamed and removed, and any state can be saved as a new view.
 */
export function ListViews({ list, path, builtIn = [], saved, why }: Props) {
  const params = useSearchParams();
  const search = viewSearch(params.toString());
  const views: readonly BuiltInView[] = [...builtIn, ...saved];
  const { shown, changed } = viewIn(views, params.toString());
  const here = shown ?? changed;
  const own = saved.find((view) => view === here);
  if (views.length < 2 && search === "") return null;
  const isSearched = params.has("q");
  const sent = { list, search, address: `${path}?${params}` };
  return (
    <nav aria-label="Views" className={styles.views}>
      {views
        .filter((view) => view === here || !(view.isRare && view.held === 0))
        .map((view) => (
          <span key={view.id} data-here={view === here}>
            {view === changed ? <span className={styles.changed} role="img" aria-label="Changed:" /> : null}
            <TextLink href={viewHref(path, view)}>{view.name}</TextLink>
            {view.held === undefined ? null : ` ${count(view.held)}`}
            {view === shown && view === own ? <OwnView key={own.name} of={own} why={why} /> : null}
          </span>
        ))}
      {changed && own ? <SaveChanged sent={{ ...sent, name: own.name }} why={why} /> : null}
      {search === "" || (shown && own) ? null : (
        <ViewForm
          key={search}
          summary={here ? "Save as" : "Save this view"}
          verb="Save"
          hint={`Only you can see it. A view with the same name is replaced.${isSearched ? " The search text is not saved." : ""}`}
          sent={sent}
          why={why}
          send={saveViewByForm}
        />
      )}
      {changed ? <TextLink href={viewHref(path, changed)}>Reset</TextLink> : null}
    </nav>
  );
}

type OwnProps = { of: SavedView; why: string | null };

function OwnView({ of: { id, name }, why }: OwnProps) {
  return (
    <>
      <ViewForm
        summary={<IconPencil size={15} stroke={2} aria-hidden />}
        label={`Rename the view ${name}`}
        verb="Rename"
        hint="Only you can see it."
        sent={{ id }}
        name={name}
        why={why}
        send={renameViewByForm}
      />
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
    </>
  );
}

type ChangedProps = { sent: { name: string } & Record<string, string>; why: string | null };

/** Overwrites the view with what is shown now. */
function SaveChanged({ sent, why }: ChangedProps) {
  const [result, save, isPending] = useResult(saveViewByForm);
  return (
    <form action={save} className={styles.keep}>
      {Object.entries(sent).map(([key, value]) => (
        <input key={key} type="hidden" name={key} value={value} />
      ))}
      <button
        type={why ? "button" : "submit"}
        className={styles.save}
        disabled={isPending}
        aria-label={`Save the view ${sent.name}`}
        aria-disabled={why !== null}
        aria-description={why ?? undefined}
        title={why ?? undefined}
      >
        Save
      </button>
      {result?.ok === false ? (
        <span className={styles.refused}>
          <span role="alert">{result.refused.sentence}</span> <RefusalMarks of={result.refused} />
        </span>
      ) : null}
    </form>
  );
}
