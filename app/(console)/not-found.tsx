import { TextLink } from "@/components/text-link";
import { principal } from "@/server/session";
import styles from "./not-found.module.css";

export default async function NothingHere() {
  const { role } = await principal();
  return (
    <div className={styles.nothing}>
      <h1>There is nothing here for you</h1>
      <p>Either it does not exist, or your role, {role}, does not include it.</p>
      <TextLink href="/licenses">Go to the licenses</TextLink>
    </div>
  );
}
