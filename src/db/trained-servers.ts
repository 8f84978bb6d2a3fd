import type { Database } from './connection.ts'
import { DEFAULT_DATASET, LOCAL_SERVER } from './datasets.ts'

/**
 * Servers that the bot is on and whose default dataset was trained: first those where the log names a person, then others.
 * @param limit of each kind
 */
export async function listTrainedServers(
  db: Database,
  { person, limit }: { person: string; limit: number },
): Promise<string[]> {
  const trained = db
    .selectFrom('datasets')
    .innerJoin('servers', 'servers.id', 'datasets.server')
    .select('datasets.server')
    .where('datasets.name', '=', DEFAULT_DATASET)
    .where('datasets.version', 'is not', null)
    .where('datasets.server', '<>', LOCAL_SERVER)
    .where('servers.left_at', 'is', null)
    .orderBy('datasets.server')
    .limit(limit)
  const named = db.selectFrom('audit').select('audit.server').distinct().where('audit.by', '=', person)
  const theirs = await trained.where('datasets.server', 'in', named).execute()
  const others = await trained.execute()
  return [...new Set([...theirs, ...others].map(({ server }) => server))]
}
