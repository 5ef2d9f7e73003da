import { useEffect, useEffectEvent } from "react";
import { DayField } from "@/components/forms/day-field";
import type { Choice, Field } from "./filter-fields";
import { useSaid } from "./use-said";

type Set = (value: string, how: "push" | "replace") => void;
type Of<Kind extends Field["kind"]> = Extract<Field, { kind?: Kind }>;

export const PAUSE_MS = 250;

/** One filter of a list. */
export function FilterField({ field, set }: { field: Field; set: Set }) {
  if (field.kind === "day") return <DayField {...field} set={(day) => set(day, "push")} />;
  if (field.kind === "text") return <TextFilter field={field} set={set} />;
  return <Selection field={field} set={set} />;
}

function TextFilter({ field: { name, label, value }, set }: { field: Of<"text">; set: Set }) {
  const [typed, setTyped] = useSaid(value);
  const apply = useEffectEvent(() => set(typed, "replace"));
  useEffect(() => {
    if (typed.trim() === value) return;
    const wait = setTimeout(apply, PAUSE_MS);
    return () => clearTimeout(wait);
  }, [typed, value]);
  return (
    <input
      type="search"
      name={name}
      aria-label={label}
      placeholder={label}
      maxLength={200}
      value={typed}
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
    />
  );
}

function Selection({ field, set }: { field: Of<"choice">; set: Set }) {
  const { name, label, any, value, choices } = field;
  const [chosen, setChosen] = useSaid(value);
  return (
    <select
      name={name}
      aria-label={label}
      value={chosen}
      data-said={chosen !== ""}
      onChange={({ currentTarget }) => {
        setChosen(currentTarget.value);
        set(currentTarget.value, "push");
      }}
    >
      <option value="">{any}</option>
      {groupsOf(choices).map(([group, options]) =>
        group === undefined ? (
          <Options key="" of={options} />
        ) : (
          <optgroup key={group} label={group}>
            <Options of={options} />
          </optgroup>
        ),
      )}
    </select>
  );
}

function Options({ of: choices }: { of: readonly Choice[] }) {
  return choices.map(({ value, name }) => (
    <option key={value} value={value}>
      {name}
    </option>
  ));
}

function groupsOf(choices: readonly Choice[]) {
  const groups = [...new Set(choices.map(({ group }) => group))];
  return groups.map((group) => [group, choices.filter((choice) => choice.group === group)] as const);
}
