import styles from "./action-link.module.css";
import { Link } from "./link";

type Props = {
  href: string;
  /** Whether the link downloads a file. */
  isFile?: boolean;
  children: string;
};

/** A link that looks like a button. */
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
