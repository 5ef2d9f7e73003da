"use client";

import { ResultForm } from "@/app/(console)/_lib/result-form";
import { wrongField } from "@/app/(console)/_lib/wrong-field";
import { changeByForm } from "@/app/(console)/directories/actions";
import {
  type MappingChoice,
  MappingFields,
  type MappingValues,
} from "@/app/(console)/directories/mapping-fields";
import { SubjectField } from "@/app/(console)/directories/subject-field";
import { useResult } from "@/components/forms/use-result";

type Props = {
  id: string;
  subject: string;
  mappings: MappingValues[];
  choices: MappingChoice[];
  /** The tag of the settings that are shown. */
  tag: string;
  why: string | null;
};

/** The form for the settings of a directory; what they ask for is done within a minute. */
export function EditForm({ id, subject, mappings, choices, tag, why }: Props) {
  const form = useResult(changeByForm.bind(null, id));
  const [result] = form;
  return (
    <ResultForm
      key={tag}
      form={form}
      fields={["subject", "groups"]}
      keptAs={`directory ${id}`}
      submit="Save directory"
      why={why}
      done={() => "Saved."}
    >
      <input type="hidden" name="tag" value={tag} />
      <SubjectField value={subject} wrong={wrongField(result, "subject")} />
      <MappingFields values={mappings} choices={choices} wrong={wrongField(result, "groups")} />
    </ResultForm>
  );
}
