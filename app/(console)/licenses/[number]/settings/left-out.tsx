import { counted } from "@/components/text/numbers";
import type { DeploymentsWithout } from "@/server/deployments/deployments-without";
import styles from "./settings.module.css";

type Props = { of: DeploymentsWithout; isBounded: boolean };

/** The deployments that get no minutes of a bounded license, by name. */
export function LeftOut({ of: { count, items }, isBounded }: Props) {
  if (count === 0) return <p>Every deployment that called in the last weeks can reserve minutes.</p>;
  const who = counted(count, "deployment");
  const more = count - items.length;
  return (
    <>
      <p>
        {isBounded
          ? `${who} can't reserve, and ${count === 1 ? "gets" : "get"} no minutes until upgraded:`
          : `If you choose Bounded, ${who} would get no minutes until upgraded:`}
      </p>
      <ul className={styles.names}>
        {items.map(({ source, name }) => (
          <li key={source}>
            <bdi title={source}>{name ?? source}</bdi>
          </li>
        ))}
        {more > 0 ? <li>{`and ${more} more`}</li> : null}
      </ul>
    </>
  );
}
