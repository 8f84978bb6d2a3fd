import type { Result } from '../commands/define.ts'

/**
 * The values of a result as `--json` prints them. Keys with misleading names come twice until 0.3: `turned` is `driftedLabels`, `survey`
 * is `labelIssues`.
 */
export function toJson(result: Result, pictures: object): string {
  return JSON.stringify({ ...result.values, ...newKeys(result), ...pictures })
}

function newKeys({ key, values }: Result): object {
  if (key === 'trained') return { driftedLabels: values.turned }
  if (key === 'stats') return { labelIssues: values.survey }
  return {}
}
