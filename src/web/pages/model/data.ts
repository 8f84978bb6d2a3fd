import type { Results } from '../../../commands/results.ts'
import { read } from '../lib/api.ts'
import { may } from '../lib/me.ts'

export type Stats = Results['stats']
export type Version = Results['versions']['versions'][number]
/** `versions`: oldest first. `stats`, `headline`: for managers. `suspects`: how many there are now; for reviewers. */
export type Model = { versions: Version[]; stats?: Stats; headline?: string; suspects?: number }

export async function readModel(): Promise<Model> {
  const [versions, stats, suspects] = await Promise.all([
    may('trainer') ? read('versions') : [],
    may('manager') ? read('stats') : [],
    may('reviewer') ? read('suspects') : [],
  ])
  const [told] = stats
  const found = suspects[0]?.values as Results['suspects'] | undefined
  return {
    versions: (versions[0]?.values as Results['versions'] | undefined)?.versions ?? [],
    ...(told && { stats: told.values as Stats, headline: told.answer.headline }),
    ...(found && { suspects: found.total ?? found.suspects.length }),
  }
}
