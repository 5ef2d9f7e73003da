import settings from "@/app/(console)/licenses/[number]/settings/settings.module.css";
import { Section } from "@/components/ui/section";
import { StateBadge } from "@/components/ui/state-badge";
import { TextLink } from "@/components/ui/text-link";
import { dayOf } from "@/domain/month";
import { whyNot } from "@/domain/roles";
import type { Principal } from "@/server/access/gate";
import { listDualUseOffers } from "@/server/dual-use/dual-use-offers";
import type { DualUseOffer } from "@/server/dual-use/dual-use-terms";
import { ChangeOffer, NewOffer, WithdrawOffer } from "./offer-actions";
import { offerBadge, offerFacts } from "./offer-labels";
import styles from "./offers.module.css";

type Props = { number: string; who: Principal; now: Date };

/** What the vendor offers to deployments of products that aren't the license's own. */
export async function DualUseOffers({ number, who, now }: Props) {
  const offers = await listDualUseOffers(number, now);
  const why = whyNot(who, "dual-use.offer");
  const today = dayOf(now);
  return (
    <Section
      title="Dual-use offers"
      id="dual-use-offers"
      hint={
        <>
          Deployments of other products, such as QlikView (QV), can join this license and its users once an
          admin accepts each under <TextLink href={`/licenses/${number}/deployments`}>Deployments</TextLink>.
        </>
      }
      actions={<NewOffer number={number} today={today} why={why} />}
    >
      {offers.length === 0 ? (
        <p className={styles.none}>No offer yet. Other products are refused.</p>
      ) : (
        <ul className={styles.offers}>
          {offers.map((offer) => (
            <Offer key={offer.id} number={number} offer={offer} today={today} why={why} />
          ))}
        </ul>
      )}
    </Section>
  );
}

type OfferProps = { number: string; offer: DualUseOffer; today: string; why: string | null };

function Offer({ number, offer, today, why }: OfferProps) {
  const { state, words } = offerBadge(offer);
  return (
    <li className={`${settings.setting} ${styles.offer}`}>
      <div className={settings.words}>
        <span className={styles.head}>
          <span className={settings.name}>{offer.products.join(", ")}</span>
          <StateBadge state={state}>{words}</StateBadge>
        </span>
        <p>{offerFacts(offer)}</p>
        {offer.note ? <p className={styles.note}>{offer.note}</p> : null}
      </div>
      {offer.state === "open" ? (
        <div className={styles.actions}>
          <ChangeOffer number={number} offer={offer} today={today} why={why} />
          <WithdrawOffer number={number} offer={offer} why={why} />
        </div>
      ) : null}
    </li>
  );
}
