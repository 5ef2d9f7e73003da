import { RowChoice } from "@/components/shell/row-choice";
import { SingleKeysChoice } from "@/components/shell/single-keys-choice";
import { ThemeChoice } from "@/components/shell/theme-choice";
import { PagesChoice } from "./pages-choice";
import styles from "./preferring.module.css";

/** The preferences of one person: colors, row height, pages, and single-key shortcuts. */
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
