import { Region } from "@/app/(console)/_lib/region";
import { UpdatedAt } from "@/app/(console)/_lib/updated-at";
import { isServing } from "@/domain/licenses/license-state";
import { rightOf, whyNot } from "@/domain/roles";
import { allotmentCourses } from "@/server/overview/allotment-courses";
import { AllotmentTable } from "./allotment-table";
import { Facts } from "./facts";
import { OtherStates } from "./head-states";
import { licenseOfPage, type NumberParams } from "./license-of-page";
import styles from "./overview.module.css";
import { RecentActivity } from "./recent-activity";

export default async function LicensePage(props: NumberParams) {
  const { who, license, glance, pools, now } = await licenseOfPage(props, "usage.read");
  const { number, status, standing } = license;
  return (
    <>
      <OtherStates license={license} glance={glance} now={now} />
      <AllotmentTable
        number={number}
        pools={pools}
        courses={await allotmentCourses(license, pools, now)}
        isServing={isServing(status, standing)}
        whyNotRaise={whyNot(who, "licenses.write")}
        foot={<UpdatedAt at={now} />}
      />
      <div className={styles.parts}>
        {rightOf(who.role, "audit.read") === "yes" ? (
          <Region title="Recent activity" id="lately" draw={() => RecentActivity({ who, number, now })} />
        ) : null}
        <Region title="Details" id="details" draw={() => Facts({ license, who, now })} />
      </div>
    </>
  );
}
