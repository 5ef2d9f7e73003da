import { RowChoice } from "@/components/shell/row-choice";
import { SingleKeysChoice } from "@/components/shell/single-keys-choice";
import { ThemeChoice } from "@/components/shell/theme-choice";
import { PagesChoice } from "./pages-choice";
import styles from "./preferring.module.css";

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
