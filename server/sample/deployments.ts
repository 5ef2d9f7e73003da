/** An installed product of a customer, which uses the key of each of its licenses. */
export type SampleDeployment = {
  name: string;
  source: string;
  product: string;
  os: string;
  /** The versions of the Licenses service, before and after its upgrade. */
  versions: [string, string];
  address: string;
  clockSkew: number;
  /** The form of its subjects, with `%` in place of the name. */
  subject: string;
};

export const HAMBURG: SampleDeployment = {
  name: "Hamburg, production",
  source: "6f1c2b9e-0d55-4c1b-9a53-3f3e1b7a9c10",
  product: "QSEfW",
  os: "windows",
  versions: ["1.6.4", "1.7.0"],
  address: "203.0.113.21",
  clockSkew: 1,
  subject: "NORDLICHT\\%",
};

export const FRANKFURT: SampleDeployment = {
  name: "Frankfurt, cloud",
  source: "b27de0a4-71f8-4f0e-8f6c-5d2a9e4c6b31",
  product: "QCS",
  os: "linux",
  versions: ["1.7.0", "1.7.0"],
  address: "198.51.100.8",
  clockSkew: 0,
  subject: "%@nordlicht.example",
};

/** QlikView beside Hamburg, accepted for dual use. */
export const BREMEN: SampleDeployment = {
  name: "Bremen, QlikView",
  source: "2a94d7c3-6e18-4b5f-9c02-d1f7e3a8b640",
  product: "QV",
  os: "windows",
  versions: ["1.7.0", "1.7.0"],
  address: "203.0.113.35",
  clockSkew: 0,
  subject: "NORDLICHT\\%",
};

/** A deployment that waits to be accepted for dual use. */
export const KIEL: SampleDeployment = {
  ...BREMEN,
  name: "Kiel, QlikView",
  source: "93e5b0f1-27da-4c86-8b3d-5f60a9c1e728",
  address: "203.0.113.36",
};

export const LEEDS: SampleDeployment = {
  name: "Leeds",
  source: "0c9b6e52-4a3d-4d28-b7e9-92f1d8305a77",
  product: "QSEfW",
  os: "windows",
  versions: ["1.6.4", "1.7.0"],
  address: "192.0.2.64",
  clockSkew: -2,
  subject: "BELLWEATHER\\%",
};

/** A deployment whose clock is seven minutes ahead. */
export const YORK: SampleDeployment = {
  name: "York, dashboards",
  source: "e84a17cd-9f60-4b7a-a1d5-68c3f0b2e495",
  product: "QV",
  os: "windows",
  versions: ["1.6.2", "1.6.2"],
  address: "192.0.2.91",
  clockSkew: 412,
  subject: "BELLWEATHER\\%",
};

export const ZURICH: SampleDeployment = {
  name: "Zürich, production",
  source: "51d0c8aa-2e3f-4f7c-8a8e-7b1d90c3e2f4",
  product: "QSEfW",
  os: "windows",
  versions: ["1.6.4", "1.7.0"],
  address: "203.0.113.77",
  clockSkew: 0,
  subject: "CASTELLAN\\%",
};

export const GENEVA: SampleDeployment = {
  name: "Genève",
  source: "c7b3f1d2-95e4-4b02-b6a7-1f8e4c0d7a63",
  product: "QSEfW",
  os: "windows",
  versions: ["1.6.4", "1.7.0"],
  address: "203.0.113.78",
  clockSkew: -3,
  subject: "CASTELLAN\\%",
};

export const BASEL: SampleDeployment = {
  name: "Basel, test",
  source: "08e96a5f-d4b1-4c77-9f30-62a5d1b8ec09",
  product: "QSEfW",
  os: "windows",
  versions: ["1.7.0", "1.7.0"],
  address: "203.0.113.79",
  clockSkew: 1,
  subject: "CASTELLAN\\%",
};

/** A branch that is being closed: it has been silent for a month. */
export const LUGANO: SampleDeployment = {
  name: "Lugano",
  source: "f3a4270e-6c8d-4e19-8b5c-d90e17a2c648",
  product: "QV",
  os: "windows",
  versions: ["1.6.2", "1.6.2"],
  address: "203.0.113.80",
  clockSkew: 27,
  subject: "CASTELLAN\\%",
};
