import { Region } from "@/app/(console)/_lib/region";
import { UpdatedAt } from "@/app/(console)/_lib/updated-at";
import { isServing } from "@/domain/licenses/license-state";
import { monthOf } from "@/domain/month";
import { rightOf } from "@/domain/roles";
import { allotmentCourses } from "@/server/overview/allotment-courses";
import { AllotmentCard } from "./allotment-card";
import { Facts } from "./facts";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import styles from "./overview.module.css";
import { ProductView } from "./product-view";
import { RecentActivity } from "./recent-activity";

export default async function LicensePage(props: NumberParams) {
  const { who, license, pools, now } = await licenseOfPage(props, "usage.read");
  const { number, status, standing } = license;
  const courses = await allotmentCourses(license, pools, now);
  return (
    <>
      <div className={styles.cards}>
        {pools.map((allotment) => (
          <AllotmentCard
            key={allotment.name}
            number={number}
            pool={allotment}
            course={courses.get(allotment.name)}
            month={monthOf(now)}
            isServing={isServing(status, standing)}
          />
        ))}
        <Facts license={license} />
      </div>
      <div className={styles.at}>
        <UpdatedAt at={now} />
      </div>
      <div className={styles.parts}>
        {rightOf(who.role, "audit.read") === "yes" ? (
          <Region title="Recent activity" id="lately" draw={() => RecentActivity({ who, number, now })} />
        ) : null}
        <Region title="Product view" id="product" draw={() => ProductView({ license, now })} />
      </div>
    </>
  );
}
