import type { Beginnings } from "@/domain/first-steps";
import { type Reader, rightOf, whyNot } from "@/domain/roles";
import { network, productApiListens } from "@/server/store/network";
import { Check } from "./check";
import styles from "./first-steps.module.css";
import { type StepLinks, StepList } from "./step-list";

type Props = { who: Reader; begun: Beginnings; canHide?: boolean };

/**
 * The five steps to a first working product, with the first open one highlighted, and the settings of this server that
 * they depend on.
 */
export async function FirstSteps({ who, begun, canHide = false }: Props) {
  const set = network();
  const license = begun.key?.license;
  const maySimulate = license && rightOf(who.role, "licenses.simulate") === "yes";
  return (
    <div className={styles.steps}>
      <StepList
        begun={begun}
        ways={linksOf(who, begun)}
        door={set.door}
        whyNotReveal={whyNot(who, "keys.reveal")}
        simulate={maySimulate ? `/licenses/${license}/simulate` : null}
        canHide={canHide}
      />
      <Check set={set} doorListens={await productApiListens()} />
    </div>
  );
}

function linksOf(who: Reader, { customer, license }: Beginnings): StepLinks {
  return {
    owner: { href: "/second-factor", why: whyNot(who, "people.write") },
    customer: { href: "/customers/new", why: whyNot(who, "customers.write") },
    license: {
      href: customer ? `/licenses/new?customer=${customer}` : "/licenses/new",
      why: whyNot(who, "licenses.write"),
    },
    key: {
      href: `/licenses/${license}/keys/new`,
      why:
        whyNot(who, "keys.issue") ??
        (license ? null : "A key belongs to a license. Create the license first."),
    },
  };
}
