type DayProps = { name: string; label: string; value: Date | null; set(value: Date | null): void };

/** A filter for a day in UTC; null if none is chosen. */
export function DayField({ name, label, value, set }: DayProps) {
  return (
    <label>
      {label}
      <input
        type="date"
        name={name}
        defaultValue={value?.toISOString().slice(0, 10)}
        key={value?.getTime()}
        onChange={({ currentTarget: { valueAsNumber } }) =>
          set(Number.isNaN(valueAsNumber) ? null : new Date(valueAsNumber))
        }
      />
    </label>
  );
}
