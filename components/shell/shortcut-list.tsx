import { type Role, rightOf } from "@/domain/roles";
import styles from "./shortcut-list.module.css";
import { keysFor, shortcutGroups } from "./shortcuts";
import { SingleKeysChoice } from "./single-keys-choice";

/** The list of shortcuts, with the switch to turn off single keys. */
export function ShortcutList({ role }: { role: Role }) {
  const letters = keysFor(({ action }) => rightOf(role, action) !== "hidden");
  return (
    <div className={styles.shortcuts}>
      <SingleKeysChoice />
      <div className={styles.groups}>
        {shortcutGroups(letters).map(({ name, shortcuts }) => (
          <section key={name}>
            <h3>{name}</h3>
            <dl>
              {shortcuts.map(({ keys, does }) => (
                <div key={does}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key}>{key}</kbd>
                    ))}
                  </dt>
                  <dd>{does}</dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
    </div>
  );
}
