import { isServing } from "@/domain/license-state";
import { monthOf } from "@/domain/month";
import { rightOf } from "@/domain/roles";
import { poolCourses } from "@/server/pool-courses";
import { NumbersOf } from "../../numbers-of";
import { Region } from "../../region";
import { Facts } from "./facts";
import { Lately } from "./lately";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import styles from "./overview.module.css";
import { PoolCard } from "./pool-card";
import { ProductView } from "./product-view";

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
