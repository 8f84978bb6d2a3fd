import { UserError } from '../../src/errors.ts'

const MINUTE_MS = 60_000
const UNITS: Record<string, number> = {
  m: MINUTE_MS,
  h: 60 * MINUTE_MS,
  d: 24 * 60 * MINUTE_MS,
  w: 7 * 24 * 60 * MINUTE_MS,
}
/** `90m`, `2 h`, `3d`, `1w`. */
const AGO = /^(\d{1,5}) ?([mhdw])$/i
/** `2026-11-26`, and with the time, as in `2026-11-26 14:30`: of this machine's time zone, unless it names another. */
const MOMENT = /^(\d{4}-\d\d-\d\d)(?:[ T](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/

/** A moment in ISO 8601, from how long ago it was or from a date. Throws UserError since.invalid */
export function parseSince(text: string, now = Date.now()): string {
  const [, amount, unit = ''] = AGO.exec(text.trim()) ?? []
  if (amount !== undefined) return new Date(now - Number(amount) * (UNITS[unit.toLowerCase()] ?? 0)).toISOString()
  const [, day, time = '00:00', zone = ''] = MOMENT.exec(text.trim()) ?? []
  const moment = day === undefined ? Number.NaN : Date.parse(`${day}T${time}${zone}`)
  if (Number.isNaN(moment) || moment > now)
    throw new UserError(
      'since.invalid',
      `Expected how long ago, as in 90m, 2h, 3d or 1w, or a past moment, as in 2026-11-26 14:30, received ${text}`,
    )
  return new Date(moment).toISOString()
}
