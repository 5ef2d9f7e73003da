import { seatLinkId } from "@/app/(console)/licenses/[number]/assignments/_list/seat-row";
import styles from "@/app/(console)/licenses/[number]/assignments/_list/seats.module.css";
import { releaseByForm } from "@/app/(console)/licenses/[number]/assignments/actions";
import { useResult } from "@/components/forms/use-result";
import { When } from "@/components/text/when";
import { ActionButton } from "@/components/ui/action-button";
import { Problem } from "@/components/ui/problem";
import { ShownText } from "@/components/ui/shown-text";
import { SidePanel } from "@/components/ui/side-panel";
import { StateBadge } from "@/components/ui/state-badge";
import { hashIn, shownSubject } from "@/domain/offline/hashed-subject";
import { AliasNames } from "./alias-names";
import type { SeatStory } from "./history-labels";
import { useStory } from "./use-story";

type Props = {
  number: string;
  instance: string;
  first: SeatStory | null;
  now: Date;
  why: string | null;
  hrefOf(instance: string): string;
  show(instance: string): void;
  close(): void;
  release?: () => void;
  convert?: () => void;
  link?: (subject: string) => void;
  /** Opens the dialog that declares two names one user. */
  same?: (subject: string) => void;
};

/** One seat and its whole history. */
export function SeatPanel({
  number,
  instance,
  first,
  now,
  why,
  close,
  release,
  convert,
  link,
  same,
  ...way
}: Props) {
  const [result, action] = useResult(releaseByForm);
  const { data: story, isError } = useStory(number, instance, first);
  return (
    <SidePanel
      key={instance}
      title={<bdi>{story ? (story.subject ? shownSubject(story.subject) : "Name erased") : "Seat"}</bdi>}
      back={`/licenses/${number}/assignments`}
      opener={seatLinkId(instance)}
      close={close}
    >
      {isError ? <p>This seat no longer exists.</p> : null}
      {result?.ok ? <p role="status">Released.</p> : null}
      {result && !result.ok ? <Problem of={result.refused} /> : null}
      {story ? (
        <>
          <p>
            {story.subject
              ? `Has a seat in ${story.allotment}.`
              : `Had a seat in ${story.allotment}. The name was erased on release.`}
          </p>
          {story.excess ? (
            <div className={styles.excess}>
              <StateBadge state="excess">Excess</StateBadge>
              <p>{story.excess}</p>
            </div>
          ) : null}
          {story.aliases.length > 0 ? <AliasNames number={number} aliases={story.aliases} why={why} /> : null}
          {story.others.length > 0 ? (
            <OtherSpellings
              others={story.others}
              why={why}
              same={same && (() => story.subject && same(story.subject))}
              {...way}
            />
          ) : null}
          <h4 className={styles.storyHead}>History, newest first</h4>
          <ol className={styles.history}>
            {story.events.map(({ version, what, who, at }) => (
              <li key={version}>
                <code>v {version}</code>
                <span>
                  <strong>{what}</strong>
                  <br />
                  {who}
                </span>
                <When at={new Date(at)} now={now} />
              </li>
            ))}
          </ol>
          {story.subject ? (
            <form
              className={styles.actions}
              action={action}
              onSubmit={(event) => {
                if (!release) return;
                event.preventDefault();
                release();
              }}
            >
              <input type="hidden" name="number" value={number} />
              <input type="hidden" name="instance" value={instance} />
              {link && hashIn(story.subject) ? (
                <ActionButton
                  variant="default"
                  type="button"
                  why={why}
                  onClick={() => story.subject && link(story.subject)}
                >
                  Link to a user…
                </ActionButton>
              ) : null}
              {convert ? (
                <ActionButton variant="default" type="button" why={why} onClick={convert}>
                  Convert…
                </ActionButton>
              ) : null}
              <ActionButton variant="default" type="submit" why={why}>
                Release
              </ActionButton>
            </form>
          ) : null}
        </>
      ) : null}
    </SidePanel>
  );
}

type OtherProps = Pick<Props, "hrefOf" | "show" | "why"> &
  Pick<SeatStory, "others"> & { same?: (() => void) | undefined };

/** Other seats that probably belong to the same person, and what to do about them. */
function OtherSpellings({ others, hrefOf, show, why, same }: OtherProps) {
  return (
    <>
      <h4 className={styles.storyHead}>Another spelling</h4>
      <p>This seems to be the same user. If so, declare it: seats of one kind then count once.</p>
      <ul className={styles.people}>
        {others.map(({ instance, subject, allotment }) => (
          <li key={instance}>
            <a
              href={hrefOf(instance)}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey) return;
                event.preventDefault();
                show(instance);
              }}
            >
              <bdi>
                <ShownText of={subject} />
              </bdi>
            </a>
            <span>{allotment}</span>
          </li>
        ))}
      </ul>
      {same ? (
        <ActionButton variant="default" type="button" why={why} onClick={same}>
          Same user…
        </ActionButton>
      ) : null}
    </>
  );
}
