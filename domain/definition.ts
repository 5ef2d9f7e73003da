export type UsageClass = "assigned" | "time";

/** A dated part of a pool. `valid` is `""`, `./.`, `2018-01-01/.`, `./2018-12-31` or `2018-01-01/2018-12-31`: UTC days, the last one included. */
export type Units = { count: number; valid: string };

/** What may be used beyond the quota in a month: a number of units, or `"YES"` for no cap. */
export type Overage = number | "YES";

export type Allotment = {
  name: string;
  usage: { class: UsageClass; minimum: number };
  provisions: { accessType: string }[];
  units: Units[];
  overage?: Overage;
  products?: string[];
};

export type Parameter = {
  name: string;
  valid: string;
  values?: Record<string, unknown>;
  access?: { allotment?: string };
  products?: string[];
};

/** The content of a license. */
export type Definition = {
  product: string;
  valid: string;
  trial: boolean;
  allotments: Allotment[];
  parameters: Parameter[];
};

/** A definition and the moment from which it is in force; the first of a license also covers all time before it. */
export type Era = { from: Date; definition: Definition };
