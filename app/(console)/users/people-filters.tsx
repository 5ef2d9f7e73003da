import { FilterLinks } from "@/components/filter-links";
import { ROLE_WORDS } from "@/components/role-words";
import { SearchForm } from "@/components/search-form";
import { ROLES, type Role } from "@/domain/roles";
import { type PeopleParams, peopleHref } from "./search-params";
import styles from "./users.module.css";

type Parts = { asked: PeopleParams; customers: { id: string; name: string }[] };

/** The list cut by a name, by a customer, by role and by the missing second factor. */
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
  const { q, role, factor, customer } = asked;
  return (
    <div className={styles.filters}>
      <SearchForm
        action="/users"
        label="Find a person"
        hint="Name or e-mail"
        value={q ?? ""}
        keep={{ ...(role ? { role } : {}), ...(factor ? { factor } : {}) }}
      >
        <select key={customer} name="customer" aria-label="Customer" defaultValue={customer ?? ""}>
          <option value="">Every customer</option>
          {customers.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </SearchForm>
      <FilterLinks label="People by role" links={links} />
    </div>
  );
}
