import { issueCheckout } from "@/server/checkouts/checkout-issue";
import { listCheckouts, returnCheckout } from "@/server/checkouts/checkouts";
import { AUTHOR, type Story } from "./story";

const FIRST = 120;
const BACK = 50;
const SECOND = 45;
const AUDIT = 20;

/** The source of the deployment without a network. */
export const VAULT = "vault-davos";

/**
 * A vault without a network works from a file with a share of seats and minutes, which it renewed once; an audit got
 * one with everything.
 */
export function checkouts({ timeline, plans }: Story): void {
  const { number, product } = plans.mixed.license;
  const vault = { product, label: "Vault Davos", source: VAULT, days: 90 };
  const shares = [
    { allotment: "analyzer", units: 4 },
    { allotment: "analyzer_time", units: 60 },
  ];
  timeline.on(FIRST, async (at) => {
    await issueCheckout(number, { ...vault, shares }, AUTHOR, at);
  });
  timeline.on(BACK, async (at) => {
    const [first] = (await listCheckouts(number, { limit: 1 }, at)).items;
    if (first) await returnCheckout(first.id, "Renewed", AUTHOR, at);
  });
  timeline.on(SECOND, async (at) => {
    await issueCheckout(number, { ...vault, shares }, AUTHOR, at);
  });
  timeline.on(AUDIT, async (at) => {
    await issueCheckout(number, { product, label: "External audit", source: null, days: 30 }, AUTHOR, at);
  });
}
