import { Region } from "@/app/(console)/_lib/region";
import { NumbersOf } from "@/app/(console)/_lib/updated-at";
import { isServing } from "@/domain/licenses/license-state";
import { monthOf } from "@/domain/month";
import { rightOf } from "@/domain/roles";
import { poolCourses } from "@/server/overview/allotment-courses";
import { PoolCard } from "./allotment-card";
import { Facts } from "./facts";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import styles from "./overview.module.css";
import { ProductView } from "./product-view";
import { Lately } from "./recent-activity";

export default async function LicensePage(props: NumberParams) {
  const { who, license, pools, now } = await licenseOfPage(props, "usage.read");
  const { number, status, standing } = license;
  const courses = await poolCourses(license, pools, now);
  return (
    <>
      <div className={styles.cards}>
        {pools.map((pool) => (
          <PoolCard
            key={pool.name}
            number={number}
            pool={pool}
            course={courses.get(pool.name)}
            month={monthOf(now)}
            isServing={isServing(status, standing)}
          />
        ))}
        <Facts license={license} />
      </div>
      <div className={styles.at}>
        <NumbersOf at={now} />
      </div>
      <div className={styles.parts}>
        {rightOf(who.role, "audit.read") === "yes" ? (
          <Region title="Recent activity" id="lately" draw={() => Lately({ who, number, now })} />
        ) : null}
        <Region title="Product view" id="product" draw={() => ProductView({ license, now })} />
      </div>
    </>
  );
}
