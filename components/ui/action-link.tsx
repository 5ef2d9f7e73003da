import styles from "./action-link.module.css";
import { Link } from "./link";

type Props = {
  href: string;
  /** Whether it leads to a file that is saved, not shown. */
  isFile?: boolean;
  children: string;
};

/** A way on that stands among buttons and looks like one. */
export function ActionLink({ href, isFile = false, children }: Props) {
  if (isFile)
    return (
      <a className={styles.link} href={href} download>
        {children}
      </a>
    );
  return (
    <Link className={styles.link} href={href}>
      {children}
    </Link>
  );
}
