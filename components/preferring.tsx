import { PagesChoice } from "./pages-choice";
import styles from "./preferring.module.css";
import { RowChoice } from "./row-choice";
import { SingleKeysChoice } from "./single-keys-choice";
import { ThemeChoice } from "./theme-choice";

/** How one person likes the console: colours, rows, pages, and whether single keys are shortcuts. */
export function Preferring() {
  return (
    <div className={styles.choices}>
      <ThemeChoice />
      <RowChoice />
      <PagesChoice />
      <SingleKeysChoice />
    </div>
  );
}
