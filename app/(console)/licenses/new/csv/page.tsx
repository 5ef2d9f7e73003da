import type { Metadata } from "next";
import { RunWork } from "@/app/(console)/licenses/_run/run-work";
import styles from "@/app/(console)/licenses/new/page.module.css";
import { PageHead } from "@/components/shell/page-head";
import { whyNot } from "@/domain/roles";
import { allowedTo } from "@/server/identity/session";
import { cancelCreation } from "./actions";
import { FileColumns } from "./file-columns";

export const metadata: Metadata = { title: "Create licenses from CSV" };

export default async function CreateFromCsvPage() {
  const who = await allowedTo("licenses.read");
  return (
    <>
      <PageHead title="Create licenses from CSV" />
      <p className={styles.hint}>
        Creates one license for each row. The first row names the columns, in any order; only the customer is
        required. The same file never creates a license twice.
      </p>
      <FileColumns />
      <RunWork
        path="/licenses/new/csv"
        cancelRun={cancelCreation}
        words={{ noun: "Creation", act: "Create", doing: "Creating" }}
        why={whyNot(who, "licenses.write")}
      />
    </>
  );
}
