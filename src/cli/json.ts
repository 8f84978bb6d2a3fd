import type { Result } from '../commands/define.ts'
import { sayReasons } from '../locales/reasons.ts'

/**
 * The values of a result as `--json` prints them. Keys with misleading names come twice until 0.3: `turned` is `driftedLabels`, `survey`
 * is `labelIssues`.
 */
export function toJson(result: Result, pictures: object): string {
  if (result.key === 'suspect') {
    const { reasons, ...suspect } = result.values
    return JSON.stringify({ ...suspect, reason: sayReasons(reasons) })
  }
  return JSON.stringify({ ...result.values, ...newKeys(result), ...pictures })
}

function newKeys({ key, values }: Result): object {
  if (key === 'trained') return { driftedLabels: values.turned }
  if (key === 'stats') return { labelIssues: values.survey }
  return {}
}
