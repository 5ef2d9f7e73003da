import { FilterLinks } from "@/components/filter-links";
import { ROLE_WORDS } from "@/components/role-words";
import { SearchForm } from "@/components/search-form";
import { TextLink } from "@/components/text-link";
import { ROLES, type Role } from "@/domain/roles";
import { type PeopleParams, peopleHref } from "./search-params";
import styles from "./users.module.css";

type Parts = { asked: PeopleParams; customers: { id: string; name: string }[] };

/** The list cut by role, by the missing second factor, and by a customer that an address names. */
export function PeopleFilters({ asked, customers }: Parts) {
  const first = { cursor: null, open: null };
  const byRole = (name: string, role: Role | null) => ({
    name,
    href: peopleHref(asked, { ...first, role, factor: null }),
    isCurrent: asked.role === role && asked.factor === null,
  });
  const withoutFactor = {
    name: "No second factor",
    href: peopleHref(asked, { ...first, role: null, factor: "off" }),
    isCurrent: asked.factor === "off",
  };
  const links = [
    byRole("All", null),
    ...ROLES.map((role) => byRole(`${ROLE_WORDS[role].name}s`, role)),
    withoutFactor,
  ];
  const customer = customers.find(({ id }) => id === asked.customer);
  return (
    <div className={styles.filters}>
      <SearchForm action="/users" label="Find a person" hint="Name or e-mail" value={asked.q ?? ""} />
      <FilterLinks label="People by role" links={links} />
      {customer ? (
        <p>
          For {customer.name}.{" "}
          <TextLink href={peopleHref(asked, { ...first, customer: null })}>For every customer</TextLink>
        </p>
      ) : null}
    </div>
  );
}
