import { type AttributePath, parsePath } from "./attribute-path";
import { ENTERPRISE_SCHEMA, type ScimAttribute } from "./attributes";
import type { Filter } from "./filter-tree";
import { membersAsOperations, type Operator, type ScimOperation } from "./operation";
import {
  distinct,
  elementFor,
  elementsFor,
  isElement,
  isNothing,
  onlyOnePrimary,
  type ScimElement,
  type ScimResource,
  simpleFor,
  valueFor,
} from "./resource";
import { meetsElementFilter } from "./resource-filter";
import { scimRefusal } from "./scim-refusal";

/** A resource after one operation; the one before isn't changed. An attribute that isn't kept changes nothing. */
export function changed(
  resource: ScimResource,
  { op, path, value }: ScimOperation,
  attributes: readonly ScimAttribute[],
): ScimResource {
  if (path.toLowerCase() === ENTERPRISE_SCHEMA.toLowerCase())
    return extended(resource, op, value, attributes);
  const place = parsePath(path, attributes);
  if (!place || place.attribute.isReadOnly) return resource;
  const next = op === "remove" ? without(resource, place, value) : set(resource, place, op, value);
  refuseMissing(next, place.attribute);
  return next;
}

/** The attributes of an extension are members of an object that is named by its URN. */
function extended(
  resource: ScimResource,
  op: Operator,
  value: unknown,
  attributes: readonly ScimAttribute[],
): ScimResource {
  const own = attributes.filter(({ key }) => key.startsWith(`${ENTERPRISE_SCHEMA}:`));
  if (op === "remove" || isNothing(value)) return omit(resource, ...own.map(({ key }) => key));
  return membersAsOperations(op, value).reduce(
    (next, one) => changed(next, { ...one, path: `${ENTERPRISE_SCHEMA}:${one.path}` }, attributes),
    resource,
  );
}

function set(resource: ScimResource, place: AttributePath, op: Operator, value: unknown): ScimResource {
  const { attribute, filter, sub } = place;
  if (isNothing(value)) return without(resource, place, undefined);
  const { key } = attribute;
  if (filter) return { ...resource, [key]: setChosen(resource, { attribute, filter, sub }, op, value) };
  if (attribute.isMany) return { ...resource, [key]: setMany(resource, place, op, value) };
  const before = resource[key];
  if (sub)
    return {
      ...resource,
      [key]: { ...(isElement(before) ? before : {}), [sub.name]: simpleFor(sub, value) },
    };
  const next = valueFor(attribute, value);
  return { ...resource, [key]: isElement(next) && isElement(before) ? { ...before, ...next } : next };
}

function setMany(
  resource: ScimResource,
  { attribute, sub }: AttributePath,
  op: Operator,
  value: unknown,
): ScimElement[] {
  const before = elementsOf(resource, attribute);
  if (sub) {
    const simple = simpleFor(sub, value);
    const all = before.length > 0 ? before : [{}];
    return onlyOnePrimary(distinct(all.map((one) => ({ ...one, [sub.name]: simple }))));
  }
  const sent = elementsFor(attribute, value);
  return op === "replace" ? sent : onlyOnePrimary(distinct([...before, ...sent]));
}

type Chosen = { attribute: ScimAttribute; filter: Filter; sub: ScimAttribute | undefined };

/** Changes the elements that the filter chooses. If there are none, directories expect the one that it describes. */
function setChosen(
  resource: ScimResource,
  { attribute, filter, sub }: Chosen,
  op: Operator,
  value: unknown,
): ScimElement[] {
  const before = elementsOf(resource, attribute);
  const change = sub ? { [sub.name]: simpleFor(sub, value) } : elementFor(attribute, first(value));
  const isChosen = (one: ScimElement) => meetsElementFilter(filter, one, attribute);
  if (!before.some(isChosen))
    return onlyOnePrimary([...before, { ...described(filter, attribute), ...change }]);
  const kept = (one: ScimElement) => (op === "replace" && !sub ? {} : one);
  const next = before.map((one) => (isChosen(one) ? { ...kept(one), ...change } : one));
  return onlyOnePrimary(distinct(next));
}

/** The element that a filter of equalities describes. */
function described(filter: Filter, attribute: ScimAttribute): ScimElement {
  if (filter.op === "and")
    return Object.assign({}, ...filter.filters.map((one) => described(one, attribute)));
  if (filter.op === "eq" && filter.compValue !== null)
    return elementFor(attribute, { [filter.attrPath]: filter.compValue });
  throw scimRefusal("noTarget", `No element of ${attribute.name} meets the filter in the path.`);
}

/** A removal by value takes only the elements that have all sub-attributes of a sent one. */
function without(
  resource: ScimResource,
  { attribute, filter, sub }: AttributePath,
  value: unknown,
): ScimResource {
  const { key, isMany } = attribute;
  if (!isMany) return sub ? withoutPart(resource, key, sub.name) : omit(resource, key);
  const sent = isNothing(value) ? null : elementsFor(attribute, value);
  const isChosen = (one: ScimElement) =>
    (!filter || meetsElementFilter(filter, one, attribute)) &&
    (!sent || sent.some((each) => hasAll(one, each)));
  const left = elementsOf(resource, attribute).flatMap((one) => {
    if (!isChosen(one)) return [one];
    return sub ? [omit(one, sub.name)] : [];
  });
  return left.length > 0 ? { ...resource, [key]: left } : omit(resource, key);
}

function withoutPart(resource: ScimResource, key: string, sub: string): ScimResource {
  const before = resource[key];
  if (!isElement(before)) return resource;
  const left = omit(before, sub);
  return Object.keys(left).length > 0 ? { ...resource, [key]: left } : omit(resource, key);
}

function refuseMissing(resource: ScimResource, { key, name, isRequired }: ScimAttribute): void {
  if (isRequired && isNothing(resource[key]))
    throw scimRefusal("invalidValue", `${name} is required and can't be removed.`);
}

function elementsOf(resource: ScimResource, { key }: ScimAttribute): ScimElement[] {
  const value = resource[key];
  return Array.isArray(value) ? value : [];
}

function hasAll(element: ScimElement, subAttributes: ScimElement): boolean {
  return Object.entries(subAttributes).every(([name, value]) => element[name] === value);
}

function first(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value;
}

function omit<Value>(from: { [name: string]: Value }, ...names: string[]): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(from).filter(([name]) => !names.includes(name)));
}
