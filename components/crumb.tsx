import Link from "next/link";
import styles from "./crumb.module.css";

/** Where one is, with the way back. */
export function Crumb({ back, here }: { back: { href: string; name: string }; here: string }) {
  return (
    <nav aria-label="You are here" className={styles.crumb}>
      <Link href={back.href}>{back.name}</Link>
      <span aria-hidden>/</span>
      <span className={styles.here} aria-current="page">
        {here}
      </span>
    </nav>
  );
}
