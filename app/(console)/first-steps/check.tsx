import { IconAlertTriangle, IconCheck } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { TextLink } from "@/components/ui/text-link";
import { isKnownOutside, type Network } from "@/server/store/network";
import styles from "./first-steps.module.css";

/** Whether this server can be reached by products and people elsewhere, and how to fix it if not. */
export function Check({ set, doorListens }: { set: Network; doorListens: boolean }) {
  return (
    <section className={styles.check} aria-labelledby="check">
      <h3 id="check">This server</h3>
      <dl>
        <Fact name="Product API" isSet={doorListens}>
          {doorListens
            ? `Listens on port ${set.doorPort}.`
            : `Nothing listens on port ${set.doorPort}. See the server log for the cause.`}
        </Fact>
        <Fact name="Store" isSet>
          {set.store === "embedded" ? "PGlite in the data folder, one process." : "PostgreSQL."}
        </Fact>
        <Fact name="Mail" isSet={set.sendsMail}>
          {set.sendsMail ? (
            "Invitations are sent."
          ) : (
            <>
              Not set: you'll need to share invitation links yourself. To send them by e-mail, set{" "}
              <code>SMTP_URL</code>.
            </>
          )}
        </Fact>
        <Fact name="Public URL" isSet={isKnownOutside(set)}>
          {isKnownOutside(set) ? (
            set.address
          ) : (
            <>
              Not set: links work only on this machine. Set <code>PUBLIC_URL</code> to the address that others
              use.
            </>
          )}
        </Fact>
      </dl>
      <TextLink href="/help/network">Ports and proxies</TextLink>
    </section>
  );
}

type FactProps = { name: string; isSet: boolean; children: ReactNode };

function Fact({ name, isSet, children }: FactProps) {
  const Icon = isSet ? IconCheck : IconAlertTriangle;
  return (
    <div data-set={isSet}>
      <dt>
        <Icon size={16} stroke={2} aria-hidden />
        {name}
      </dt>
      <dd>{children}</dd>
    </div>
  );
}
