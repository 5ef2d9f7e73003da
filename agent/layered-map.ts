/** This many changes are kept apart before they become part of the map that the layers share. */
const MOST_CHANGES = 256;

/**
 * A map that never changes. A changed copy costs the same however large the map is: copies share its base and have a
 * small layer of changes each, in which `undefined` marks a removed entry.
 */
class LayeredMap<K, V extends object> implements ReadonlyMap<K, V> {
  readonly size: number;

  constructor(
    readonly base: ReadonlyMap<K, V>,
    readonly changes: ReadonlyMap<K, V | undefined>,
  ) {
    let size = base.size;
    for (const [key, value] of changes) size += Number(value !== undefined) - Number(base.has(key));
    this.size = size;
  }

  get(key: K): V | undefined {
    return this.changes.has(key) ? this.changes.get(key) : this.base.get(key);
  }

  has(key: K): boolean {
    return this.get(key) !== undefined;
  }

  /** In the order in which the keys first came. */
  *entries(): MapIterator<[K, V]> {
    for (const [key, first] of this.base) {
      const value = this.changes.has(key) ? this.changes.get(key) : first;
      if (value !== undefined) yield [key, value];
    }
    for (const [key, value] of this.changes)
      if (value !== undefined && !this.base.has(key)) yield [key, value];
  }

  *keys(): MapIterator<K> {
    for (const [key] of this.entries()) yield key;
  }

  *values(): MapIterator<V> {
    for (const [, value] of this.entries()) yield value;
  }

  [Symbol.iterator](): MapIterator<[K, V]> {
    return this.entries();
  }

  forEach(call: (value: V, key: K, map: ReadonlyMap<K, V>) => void): void {
    for (const [key, value] of this.entries()) call(value, key, this);
  }
}

/** The map with an entry added or replaced. */
export function withEntry<K, V extends object>(map: ReadonlyMap<K, V>, key: K, value: V): ReadonlyMap<K, V> {
  return changed(map, key, value);
}

/** The map without an entry. */
export function withoutEntry<K, V extends object>(map: ReadonlyMap<K, V>, key: K): ReadonlyMap<K, V> {
  return map.has(key) ? changed(map, key, undefined) : map;
}

function changed<K, V extends object>(
  map: ReadonlyMap<K, V>,
  key: K,
  value: V | undefined,
): ReadonlyMap<K, V> {
  const { base, changes } = layersOf(map);
  const next = new LayeredMap(base, new Map(changes).set(key, value));
  return next.changes.size > MOST_CHANGES ? new LayeredMap(new Map(next), new Map()) : next;
}

/** The keys whose values can differ between two maps: few if they share a base, else all. */
export function differingKeys<K>(before: ReadonlyMap<K, unknown>, after: ReadonlyMap<K, unknown>): Set<K> {
  const [old, fresh] = [layersOf(before), layersOf(after)];
  if (old.base === fresh.base) return new Set([...old.changes.keys(), ...fresh.changes.keys()]);
  return new Set([...before.keys(), ...after.keys()]);
}

function layersOf<K, V>(
  map: ReadonlyMap<K, V>,
): {
  base: ReadonlyMap<K, V>;
  changes: ReadonlyMap<K, V | undefined>;
} {
  return map instanceof LayeredMap ? map : { base: map, changes: new Map() };
}
