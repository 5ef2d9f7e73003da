import { useEffect } from "react";
import { Seal } from "@/components/ui/seal";
import type { Entry, GroupName } from "./entries";
import { optionId } from "./option-id";
import styles from "./palette.module.css";

type Props = {
  id: string;
  groups: { name: GroupName; entries: Entry[] }[];
  chosen: string | undefined;
  choose(id: string): void;
  take(entry: Entry): void;
};

export function PaletteList({ id, groups, chosen, choose, take }: Props) {
  useEffect(() => {
    document.querySelector(`#${id} [aria-selected=true]`)?.scrollIntoView({ block: "nearest" });
  });
  return (
    <div id={id} role="listbox" aria-label="Results" className={styles.list}>
      {groups.map(({ name, entries }) => (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is not allowed in a listbox
        <div key={name} role="group" aria-label={name}>
          <p className={styles.group} aria-hidden>
            {name}
          </p>
          {entries.map((entry) => (
            <Option
              key={entry.id}
              entry={entry}
              isChosen={entry.id === chosen}
              choose={() => choose(entry.id)}
              take={() => take(entry)}
            />
          ))}
        </div>
      ))}
    </div>
  );
}

type OptionProps = { entry: Entry; isChosen: boolean; choose(): void; take(): void };

function Option({ entry, isChosen, choose, take }: OptionProps) {
  const { name, hint, Icon, seal } = entry;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents lint/a11y/useFocusableInteractive: the field handles the keys and keeps the focus
    <div
      id={optionId(entry.id)}
      role="option"
      aria-selected={isChosen}
      className={styles.option}
      onPointerMove={isChosen ? undefined : choose}
      onPointerDown={(event) => event.preventDefault()}
      onClick={take}
    >
      {seal ? <Seal {...seal} size={28} /> : null}
      {Icon ? <Icon size={18} stroke={1.75} aria-hidden /> : null}
      <span className={styles.name} dir="auto">
        {name}
      </span>
      {hint ? <span className={styles.fact}>{hint}</span> : null}
    </div>
  );
}
