import { z } from 'zod'
import type { Database } from './connection.ts'
import { sql } from './kysely.ts'

/**
 * Who trained a version, and why it was activated or not (services/training/activation.ts); null: not known. `activatedBy`,
 * `activatedAt`: of whoever activated it last by hand; null: nobody did.
 */
export type VersionOrigin = {
  madeBy: string | null
  promoted: boolean | null
  reason: string | null
  activatedBy: string | null
  activatedAt: string | null
}

const Detail = z.object({ promoted: z.boolean().optional(), reason: z.string().optional() })
const UNKNOWN: VersionOrigin = { madeBy: null, promoted: null, reason: null, activatedBy: null, activatedAt: null }

/** What the audit log knows of some versions, by number: a dataset keeps a few. */
export async function readVersionOrigins(
  db: Database,
  dataset: number,
  versions: readonly number[],
): Promise<Map<number, VersionOrigin>> {
  const origins = new Map(versions.map((version) => [version, { ...UNKNOWN }]))
  if (versions.length === 0) return origins
  const version = sql<number>`json_extract(detail, '$.version')`
  const last = db
    .selectFrom('audit')
    .select((e) => e.fn.max('id').as('id'))
    .where('dataset', '=', dataset)
    // As the index has it (migration-version-origins.ts); of what others have written nothing is asked.
    .where(sql<boolean>`action in ('trained', 'promoted') and json_valid(detail)`)
    .where(version, 'in', [...versions])
    .groupBy(['action', version])
  const rows = await db
    .selectFrom('audit')
    .select(['action', 'by', 'at', 'detail', version.as('version')])
    .where('id', 'in', last)
    .execute()
  for (const { action, by, at, detail, version: number } of rows) {
    const origin = origins.get(Number(number))
    if (!origin) continue
    if (action === 'promoted') Object.assign(origin, { activatedBy: by, activatedAt: at })
    else {
      const { promoted = null, reason = null } = Detail.parse(JSON.parse(detail))
      Object.assign(origin, { madeBy: by, promoted, reason })
    }
  }
  return origins
}
