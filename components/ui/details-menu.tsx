import { useClickOutside } from "@mantine/hooks";
import type { MouseEvent, ReactNode } from "react";
import link from "./action-link.module.css";
import styles from "./details-menu.module.css";

/** A menu of links, buttons and fields that opens below a button, also without JavaScript. */
export function DetailsMenu({ name, children }: { name: string; children: ReactNode }) {
  const menu = useClickOutside<HTMLDetailsElement>(() => close());
  const close = () => menu.current?.removeAttribute("open");
  /** The focus goes to the button, which stays, so that a dialog that opens now can give it back. */
  const closeToButton = () => {
    close();
    menu.current?.querySelector("summary")?.focus();
  };
  const choose = ({ target }: MouseEvent) => {
    if (target instanceof Element && target.closest("a, button")) closeToButton();
  };
  return (
    <details
      ref={menu}
      className={styles.menu}
      onKeyDown={(event) => {
        if (event.key !== "Escape" || !menu.current?.open) return;
        event.stopPropagation();
        closeToButton();
      }}
    >
      <summary className={link.link}>{name}</summary>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it only closes after what is pressed in it */}
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: keys press what is in it, and that arrives here as a click */}
      <div className={styles.items} onClick={choose}>
        {children}
      </div>
    </details>
  );
}
