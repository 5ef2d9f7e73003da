import { store } from "@/server/store/store";

/** What is shown of a license beside its users. `keepsNames` is whether sessions keep the names of users. */
export type UserLicense = { number: string; customer: { id: string; name: string }; keepsNames: boolean };

/** Licenses of users, and the names of their allotments; one that isn't known any more is named by its key. */
export type UserLicenses = {
  licenses: UserLicense[];
  allotmentName(license: string, key: string): string;
};

export async function userLicenses(numbers: Iterable<string>): Promise<UserLicenses> {
  const rows = await store().db.license.findMany({
    where: { number: { in: [...new Set(numbers)] } },
    select: {
      number: true,
      sessionNames: true,
      customer: { select: { id: true, name: true } },
      allotments: { select: { key: true, name: true } },
    },
    orderBy: { number: "asc" },
  });
  const names = new Map(
    rows.flatMap(({ number, allotments }) => allotments.map(({ key, name }) => [`${number} ${key}`, name])),
  );
  return {
    licenses: rows.map(({ number, customer, sessionNames }) => ({
      number,
      customer,
      keepsNames: sessionNames,
    })),
    allotmentName: (license, key) => names.get(`${license} ${key}`) ?? key,
  };
}
