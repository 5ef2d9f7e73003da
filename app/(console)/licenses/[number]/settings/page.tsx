import type { Metadata } from "next";
import { createLoader, parseAsString, type SearchParams } from "nuqs/server";
import { NotesSection } from "@/app/(console)/_notes/notes-section";
import { licenseOfPage, type NumberParams } from "@/app/(console)/licenses/[number]/license-of-page";
import { DualUseOffers } from "@/app/(console)/licenses/[number]/settings/dual-use/offers";
import { LegacyCard } from "@/app/(console)/licenses/[number]/settings/legacy/legacy-card";
import { counted } from "@/components/text/numbers";
import { Seal } from "@/components/ui/seal";
import { Section } from "@/components/ui/section";
import { isBoundedAllotment } from "@/domain/leases/bounded-definition";
import type { LicenseAllotment } from "@/domain/licenses/license-allotments";
import { licenseMark } from "@/domain/licenses/license-state";
import { whyNot } from "@/domain/roles";
import { deploymentsWithout } from "@/server/deployments/deployments-without";
import type { License } from "@/server/licenses/license";
import { AlertRulesSection } from "./alert-rules-section";
import { AutoAssignForesight } from "./auto-assign-foresight";
import { DangerZone } from "./danger-zone";
import { DaysForm } from "./days-form";
import { LeaseHoursForm } from "./lease-hours-form";
import { LeftOut } from "./left-out";
import { MatchingChoice } from "./matching-choice";
import { OfflineForm } from "./offline-form";
import { SettingSwitch } from "./setting-switch";
import styles from "./settings.module.css";
import { WhenOfflineChoice } from "./when-offline-choice";

export const metadata: Metadata = { title: "Settings" };

const loadCursors = createLoader({ offers: parseAsString });

type Props = NumberParams & { searchParams: Promise<SearchParams> };

export default async function SettingsPage(props: Props) {
  const { who, license, pools, now } = await licenseOfPage(props, "licenses.read");
  const { number, settings, status, standing, trial } = license;
  const { offers } = await loadCursors(props.searchParams);
  const whyNotOwn = whyNot(who, "settings.write");
  const whyNotAll = whyNot(who, "licenses.write");
  return (
    <div className={styles.page}>
      <NotesSection who={who} holder={{ license: number }} />
      <Section
        title="Auto-assign"
        id="auto-assign"
        hint="Products assign a free seat when a user signs in."
        actions={
          <AutoAssignForesight
            number={number}
            current={{
              professional: settings.autoAssignProfessional,
              analyzer: settings.autoAssignAnalyzer,
            }}
            why={whyNot(who, "assignments.read")}
          />
        }
      >
        <SettingSwitch
          number={number}
          field="autoAssignProfessional"
          label="Professional seats"
          effect="Users who sign in without a seat take a free professional one first. Off by default: you assign users manually."
          said={{
            on: "Professional seats are auto-assigned.",
            off: "Professional seats are assigned manually only.",
          }}
          isOn={settings.autoAssignProfessional}
          why={whyNotOwn}
        />
        <SettingSwitch
          number={number}
          field="autoAssignAnalyzer"
          label="Analyzer seats"
          effect="Users who sign in without a seat take a free analyzer one. If both are on, professional seats go first. Otherwise minutes are used, if available. Off by default."
          said={{
            on: "Analyzer seats are auto-assigned.",
            off: "Analyzer seats are assigned manually only.",
          }}
          isOn={settings.autoAssignAnalyzer}
          why={whyNotOwn}
        />
      </Section>
      <Section title="Matching" id="matching" hint="Whether two spellings of a name are the same user.">
        <MatchingChoice
          number={number}
          matching={settings.subjectMatching}
          why={whyNotOwn ?? whyMatchingStays(pools)}
        />
      </Section>
      <Section
        title="Continuity"
        id="continuity"
        hint="How long products keep working offline, and after the license ends."
      >
        <DaysForm number={number} settings={settings} why={whyNotAll} />
      </Section>
      {hasCappedMinutes(license) ? (
        <Section
          title="Reserved minutes"
          id="when-offline"
          hint="What deployments may use while they can't reach this server."
        >
          <WhenOfflineChoice number={number} whenOffline={settings.whenOffline} why={whyNotAll}>
            <LeftOut
              of={await deploymentsWithout(number, "leases", now)}
              isBounded={settings.whenOffline === "bounded"}
            />
          </WhenOfflineChoice>
          <LeaseHoursForm number={number} settings={settings} why={whyNotAll} />
        </Section>
      ) : null}
      <Section title="Sessions" id="sessions" hint="Who used minutes, and who was denied access.">
        <SettingSwitch
          number={number}
          field="sessionNames"
          label="Keep names of users"
          effect="Capacity then shows names of users beside their minutes and denials, encrypted in the store. Off by default: users are told apart by a hash. Turning it off deletes the names."
          said={{
            on: "Names of users are kept with sessions.",
            off: "Names of users are no longer kept with sessions, and those that were are deleted.",
          }}
          isOn={settings.sessionNames}
          why={whyNotOwn}
        />
      </Section>
      <DualUseOffers number={number} trail={offers} who={who} now={now} />
      <Section
        title="Signed definitions"
        id="offline"
        hint="These files let deployments work without a network."
      >
        <OfflineForm number={number} settings={settings} why={whyNotAll} />
      </Section>
      <AlertRulesSection number={number} pools={pools} why={whyNot(who, "alerts.write")} />
      <LegacyCard number={number} who={who} now={now} />
      <Section title="Danger zone" id="danger" hint="Stops products on this license.">
        <DangerZone
          number={number}
          status={status}
          seal={<Seal number={number} status={licenseMark(status, standing, trial)} size={72} />}
          why={whyNotAll}
        />
      </Section>
    </div>
  );
}

/** Whether a setting about minutes means anything: only those with a cap are reserved. */
function hasCappedMinutes({ definition, settings }: License): boolean {
  return settings.whenOffline === "bounded" || definition.allotments.some(isBoundedAllotment);
}

/** User matching can't change while a user is assigned; the server refuses it too. */
function whyMatchingStays(allotments: LicenseAllotment[]): string | null {
  const live = allotments.reduce(
    (sum, allotment) => (allotment.class === "assigned" ? sum + allotment.live : sum),
    0,
  );
  if (live === 0) return null;
  return `${counted(live, "user")} ${live === 1 ? "is" : "are"} assigned. Release their seats first, then change the matching.`;
}
