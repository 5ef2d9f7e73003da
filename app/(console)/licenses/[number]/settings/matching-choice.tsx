import type { SubjectMatching } from "@/domain/assignments/subject";
import { type Choice, SettingChoice } from "./setting-choice";

const CHOICES: Choice<SubjectMatching>[] = [
  {
    value: "folded",
    name: "Case-insensitive",
    effect: "ACME\\Bob and acme\\bob are one user and take one seat. Default.",
    said: "User matching is case-insensitive.",
  },
  {
    value: "exact",
    name: "Exact",
    effect: "Every spelling is a separate user and takes its own seat.",
    said: "User matching is exact.",
  },
];

type Props = { number: string; matching: SubjectMatching; why: string | null };

/** The choice of how users are matched. */
export function MatchingChoice({ matching, ...props }: Props) {
  return (
    <SettingChoice
      {...props}
      field="subjectMatching"
      label="User matching"
      value={matching}
      choices={CHOICES}
    />
  );
}
