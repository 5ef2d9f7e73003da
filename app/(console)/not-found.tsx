import { TextLink } from "@/components/ui/text-link";
import { principal } from "@/server/identity/session";
import styles from "./not-found.module.css";

export default async function NothingHere() {
  const { role } = await principal();
  return (
    <div className={styles.nothing}>
      <h1>Page not found</h1>
      <p>It doesn't exist, or your role, {role}, does not include it.</p>
      <TextLink href="/licenses">Go to licenses</TextLink>
    </div>
  );
}
