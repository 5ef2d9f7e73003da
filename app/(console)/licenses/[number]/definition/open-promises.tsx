import {
  checkoutName,
  sharesText,
} from "@/app/(console)/licenses/[number]/deployments/offline/checkout-labels";
import { useDateStyle } from "@/components/shell/date-style-provider";
import { type DateStyle, dayText } from "@/domain/dates/date-style";
import type { Definition } from "@/domain/licenses/definition";
import type { OpenPromise } from "@/server/licenses/open-promises";
import styles from "./effect-preview.module.css";

type Props = { promises: readonly OpenPromise[]; definition: Definition };

/** Signed definitions already issued, which stay valid whatever is saved now. */
export function OpenPromises({ promises, definition }: Props) {
  const dates = useDateStyle();
  if (promises.length === 0) return null;
  return (
    <>
      <p>Issued signed definitions keep what they grant:</p>
      <ul className={styles.list}>
        {promises.map((promise) => (
          <li key={promise.checkout}>{promiseInWords(promise, definition, dates)}</li>
        ))}
      </ul>
    </>
  );
}

function promiseInWords(promise: OpenPromise, definition: Definition, dates: DateStyle): string {
  const { checkout, label, expires, shares } = promise;
  const what = shares ? sharesText(shares, definition) : "the whole license as it was, nothing reserved";
  return `${checkoutName({ id: checkout, label })}: ${what}, until ${dayText(expires, dates)}.`;
}
