import type { ReactNode } from "react";
import { Link } from "./link";
import styles from "./text-link.module.css";

type Props = {
  href: string;
  id?: string;
  /** Whether the page scrolls to the top; not where something opens beside a list. */
  scroll?: boolean;
  children: ReactNode;
};

/** A standalone link, tall enough for touch. */
export function TextLink({ href, id, scroll, children }: Props) {
  return (
    <Link className={styles.link} href={href} id={id} scroll={scroll}>
      {children}
    </Link>
  );
}
