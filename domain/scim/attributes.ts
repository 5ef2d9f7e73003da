/** An attribute of a resource as `/Schemas` describes it (RFC 7643, 7); absent members have the RFC's defaults. */
export type ScimAttribute = {
  /** The name that a resource of the store has it under: an extension's name begins with its URN. */
  key: string;
  name: string;
  type: "string" | "boolean" | "complex" | "reference";
  description: string;
  isMany?: true;
  isRequired?: true;
  isUnique?: true;
  isCaseExact?: true;
  isReadOnly?: true;
  subAttributes?: readonly ScimAttribute[];
};

export const USER_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:User";
export const GROUP_SCHEMA = "urn:ietf:params:scim:schemas:core:2.0:Group";
export const ENTERPRISE_SCHEMA = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

type Flags = Omit<Partial<ScimAttribute>, "key" | "name" | "description">;

function attribute(name: string, description: string, flags: Flags = {}, schema?: string): ScimAttribute {
  return { key: schema ? `${schema}:${name}` : name, name, type: "string", description, ...flags };
}

const enterprise = (name: string, description: string, flags?: Flags) =>
  attribute(name, description, flags, ENTERPRISE_SCHEMA);

const ID = attribute("id", "The id that this server gave the resource.", {
  isReadOnly: true,
  isCaseExact: true,
});
const EXTERNAL_ID = attribute("externalId", "The id of the resource in the directory.", {
  isCaseExact: true,
});

const NAME_PARTS = [
  attribute("formatted", "The whole name."),
  attribute("familyName", "The family name."),
  attribute("givenName", "The given name."),
  attribute("middleName", "The middle name."),
  attribute("honorificPrefix", "A title before the name."),
  attribute("honorificSuffix", "A title after the name."),
];

const EMAIL_PARTS = [
  attribute("value", "The mail address."),
  attribute("display", "The address as it is shown."),
  attribute("type", "What the address is for, such as work."),
  attribute("primary", "Whether it is the preferred address.", { type: "boolean" }),
];

const MANAGER_PARTS = [
  attribute("value", "The id of the manager.", { isCaseExact: true }),
  attribute("displayName", "The name of the manager."),
];

const MEMBER_PARTS = [
  attribute("value", "The id of the user.", { isCaseExact: true }),
  attribute("$ref", "The URL of the user.", { type: "reference", isReadOnly: true }),
  attribute("type", "Always User.", { isReadOnly: true }),
  attribute("display", "The user name.", { isReadOnly: true }),
];

const GROUP_PARTS = [
  attribute("value", "The id of the group.", { isReadOnly: true, isCaseExact: true }),
  attribute("$ref", "The URL of the group.", { type: "reference", isReadOnly: true }),
  attribute("display", "The name of the group.", { isReadOnly: true }),
];

/** What is kept of a user; anything else that a directory sends is ignored. */
export const USER_ATTRIBUTES: readonly ScimAttribute[] = [
  ID,
  EXTERNAL_ID,
  attribute("userName", "The name by which the user signs in.", { isRequired: true, isUnique: true }),
  attribute("name", "The parts of the user's name.", { type: "complex", subAttributes: NAME_PARTS }),
  attribute("displayName", "The name as it is shown."),
  attribute("nickName", "A casual name."),
  attribute("title", "The position in the company."),
  attribute("userType", "The kind of employment."),
  attribute("preferredLanguage", "The preferred language."),
  attribute("locale", "The locale."),
  attribute("timezone", "The time zone."),
  attribute("active", "Whether the user may hold seats.", { type: "boolean" }),
  attribute("emails", "The mail addresses.", { type: "complex", isMany: true, subAttributes: EMAIL_PARTS }),
  attribute("groups", "The groups of the user.", {
    type: "complex",
    isMany: true,
    isReadOnly: true,
    subAttributes: GROUP_PARTS,
  }),
  enterprise("employeeNumber", "The number of the employee."),
  enterprise("costCenter", "The cost center."),
  enterprise("organization", "The organization."),
  enterprise("division", "The division."),
  enterprise("department", "The department."),
  enterprise("manager", "The manager.", { type: "complex", subAttributes: MANAGER_PARTS }),
];

/** What is kept of a group. */
export const GROUP_ATTRIBUTES: readonly ScimAttribute[] = [
  ID,
  EXTERNAL_ID,
  attribute("displayName", "The name of the group.", { isRequired: true }),
  attribute("members", "The users in the group.", {
    type: "complex",
    isMany: true,
    subAttributes: MEMBER_PARTS,
  }),
];

/** The attribute with this name, which may have its schema's URN before it and has no case. */
export function attributeNamed(attributes: readonly ScimAttribute[], path: string): ScimAttribute | null {
  const wanted = withoutCore(path.toLowerCase());
  return attributes.find(({ key }) => key.toLowerCase() === wanted) ?? null;
}

export function subAttributeNamed({ subAttributes = [] }: ScimAttribute, name: string): ScimAttribute | null {
  return subAttributes.find((sub) => sub.name.toLowerCase() === name.toLowerCase()) ?? null;
}

function withoutCore(path: string): string {
  const core = [USER_SCHEMA, GROUP_SCHEMA].find((urn) => path.startsWith(`${urn.toLowerCase()}:`));
  return core ? path.slice(core.length + 1) : path;
}
