import { useQueryClient } from "@tanstack/react-query";
import styles from "@/app/(console)/licenses/[number]/assignments/_list/seats.module.css";
import { forgetAlias } from "@/app/(console)/licenses/[number]/assignments/actions";
import { useChanges } from "@/components/shell/changes";
import { useRefresh } from "@/components/shell/use-refresh";
import { ConfirmButton } from "@/components/ui/confirm-button";
import { ShownText } from "@/components/ui/shown-text";
import type { SeatStory } from "./history-labels";

type Props = Pick<SeatStory, "aliases"> & { number: string; why: string | null };

const ERASED = "a name that was erased on release";

/** The other names of a user, each of which can be removed. */
export function AliasNames({ number, aliases, why }: Props) {
  const { did } = useChanges();
  const refresh = useRefresh();
  const queries = useQueryClient();
  const remove = async (id: string, name: string) => {
    const result = await forgetAlias(number, id);
    if (!result.ok) return result;
    did({ words: `Removed the alias ${name}.` });
    void refresh();
    await queries.invalidateQueries({ queryKey: ["seats", number] });
    return result;
  };
  return (
    <>
      <h4 className={styles.storyHead}>Aliases</h4>
      <ul className={styles.people}>
        {aliases.map(({ id, alias }) => {
          const name = alias ?? ERASED;
          return (
            <li key={id}>
              <bdi>
                <ShownText of={name} />
              </bdi>
              <ConfirmButton
                size="xs"
                why={why}
                label={`Remove the alias ${name}`}
                title="Remove alias"
                effect={`${name} becomes a user without a seat. This user keeps the seats. A seat that was released when the alias was declared isn't assigned again.`}
                action="Remove alias"
                onConfirm={() => remove(id, name)}
              >
                Remove
              </ConfirmButton>
            </li>
          );
        })}
      </ul>
    </>
  );
}
