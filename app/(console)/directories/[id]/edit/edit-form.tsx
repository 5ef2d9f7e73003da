"use client";

import type { FormAction } from "@/app/(console)/_lib/action-result";
import { EditForm } from "@/app/(console)/_lib/edit-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import {
  type MappingChoice,
  MappingFields,
  type MappingValues,
} from "@/app/(console)/directories/mapping-fields";
import { SubjectField } from "@/app/(console)/directories/subject-field";
import { Definitions } from "@/app/(console)/licenses/[number]/figure";
import { useResult } from "@/components/forms/use-result";

type Props = {
  id: string;
  save: FormAction<void>;
  saved: { subject: string; mappings: MappingValues[] };
  choices: MappingChoice[];
  /** The tag of the saved settings. */
  tag: string;
  why: string | null;
};

/** The form for the settings of a directory; what they ask for is done within a minute. */
export function DirectoryEditForm({ id, save, saved, choices, tag, why }: Props) {
  const form = useResult(save);
  const [result] = form;
  return (
    <EditForm
      {...{ form, saved, tag, why }}
      fields={["subject", "groups"]}
      keptAs={`directory ${id}`}
      submit="Save directory"
      done={() => "Saved."}
      what="this directory"
      theirs={
        <Definitions
          of={[
            ["Subject", <code key="subject">{saved.subject}</code>],
            ["Groups that get seats", saved.mappings.map(mappingLabel).join("; ") || "none"],
          ]}
        />
      }
    >
      {({ subject, mappings }) => (
        <>
          <SubjectField value={subject} wrong={wrongField(result, "subject")} />
          <MappingFields values={mappings} choices={choices} wrong={wrongField(result, "groups")} />
        </>
      )}
    </EditForm>
  );
}

function mappingLabel({ group, license, allotment }: MappingValues): string {
  return `${group}: ${allotment} of ${license}`;
}
