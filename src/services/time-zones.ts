import { UserError } from '../errors.ts'

/** What is offered before anything is typed. */
const FIRST = ['UTC', 'Asia/Tokyo']

/** The names of IANA's time zones, as `Asia/Tokyo`. */
export const listTimeZones = (): string[] => [...new Set([...FIRST, ...Intl.supportedValuesOf('timeZone')])]

/** A time zone as IANA calls it, whatever its case. Throws UserError settings.time-zone */
export function parseTimeZone(text: string): string {
  const name = text.trim().replaceAll(' ', '_')
  const zone = findTimeZone(name)
  if (zone !== undefined) return zone
  throw new UserError('settings.time-zone', `Expected a time zone such as Asia/Tokyo or UTC, received ${text}`)
}

/** Offsets such as +09:00 are none: they know no summer time. */
function findTimeZone(name: string): string | undefined {
  if (!/^[a-z]/i.test(name)) return undefined
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone
  } catch {
    return undefined
  }
}

export const isTimeZone = (name: string): boolean => findTimeZone(name) !== undefined
