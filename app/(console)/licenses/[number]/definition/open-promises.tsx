import {
  checkoutName,
  sharesText,
} from "@/app/(console)/licenses/[number]/deployments/offline/checkout-labels";
import { dayText } from "@/components/text/when";
import type { Definition } from "@/domain/licenses/definition";
import type { OpenPromise } from "@/server/licenses/open-promises";
import styles from "./effect-preview.module.css";

type Props = { promises: readonly OpenPromise[]; definition: Definition };

/** Signed definitions already issued, which stay valid whatever is saved now. */
export function OpenPromises({ promises, definition }: Props) {
  if (promises.length === 0) return null;
  return (
    <>
      <p>Issued signed definitions keep what they grant:</p>
      <ul className={styles.list}>
        {promises.map((promise) => (
          <li key={promise.checkout}>{promiseInWords(promise, definition)}</li>
        ))}
      </ul>
    </>
  );
}

function promiseInWords({ checkout, label, expires, shares }: OpenPromise, definition: Definition): string {
  const what = shares ? sharesText(shares, definition) : "the whole license as it was, nothing reserved";
  return `${checkoutName({ id: checkout, label })}: ${what}, until ${dayText(expires)}.`;
}
