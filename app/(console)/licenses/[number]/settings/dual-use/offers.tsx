import { createSerializer, parseAsString } from "nuqs/server";
import { dateStyle } from "@/app/(console)/_lib/date-style";
import { cursorsFrom } from "@/app/(console)/_list/page-cursors";
import { pageAt } from "@/app/(console)/_list/paging";
import settings from "@/app/(console)/licenses/[number]/settings/settings.module.css";
import { Pager } from "@/components/ui/pager";
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

type Props = {
  number: string;
  /** The cursors of the pages before this one. */
  trail: string | null;
  who: Principal;
  now: Date;
};

const PAGE = 20;
const ID = "dual-use-offers";
const withOffers = createSerializer({ offers: parseAsString });

/** The vendor's offers to deployments of other products. */
export async function DualUseOffers({ number, trail, who, now }: Props) {
  const { items: offers, cursor } = await pageAt(trail, (after) =>
    listDualUseOffers(number, { limit: PAGE, cursor: after }, now),
  );
  const why = whyNot(who, "dual-use.offer");
  const today = dayOf(now);
  const hrefOf = (offers: string | null) => `${withOffers(`/licenses/${number}/settings`, { offers })}#${ID}`;
  return (
    <Section
      title="Dual-use offers"
      id={ID}
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
      <Pager {...cursorsFrom(trail, cursor, hrefOf)} previousName="Newer offers" nextName="Older offers" />
    </Section>
  );
}

type OfferProps = { number: string; offer: DualUseOffer; today: string; why: string | null };

async function Offer({ number, offer, today, why }: OfferProps) {
  const { state, words } = offerBadge(offer);
  return (
    <li className={`${settings.setting} ${styles.offer}`}>
      <div className={settings.words}>
        <span className={styles.head}>
          <span className={settings.name}>{offer.products.join(", ")}</span>
          <StateBadge state={state}>{words}</StateBadge>
        </span>
        <p>{offerFacts(offer, await dateStyle())}</p>
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
