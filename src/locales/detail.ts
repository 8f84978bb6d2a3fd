/** What a row of the audit log says of a change: JSON that was written by any version of the program. */
type Detail = {
  /** As text; undefined where it is not there. */
  text(key: string): string | undefined
  /** As a number, or how many of a list. */
  count(key: string): number | undefined
  isTrue(key: string): boolean
  list(key: string): string[]
  entries: [key: string, value: unknown][]
}

export function readDetail(detail: object): Detail {
  const values = new Map<string, unknown>(Object.entries(detail))
  return {
    text(key) {
      const value = values.get(key)
      return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
    },
    count(key) {
      const value = values.get(key)
      if (Array.isArray(value)) return value.length
      return typeof value === 'number' ? value : undefined
    },
    isTrue: (key) => values.get(key) === true,
    list(key) {
      const value = values.get(key)
      return Array.isArray(value) ? value.map(String) : []
    },
    entries: [...values],
  }
}
