/** The same record with every value changed. */
export function mapRecord<K extends string, A, B>(record: Record<K, A>, change: (value: A, key: K) => B): Record<K, B> {
  const changed: Partial<Record<K, B>> = {};
  for (const key in record) changed[key] = change(record[key], key);
  return changed as Record<K, B>;
}
