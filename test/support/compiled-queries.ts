import type { CompiledQuery } from 'kysely'
import type { Database } from '../../src/db/connection.ts'

/** Every statement that some work runs. */
export async function compiledQueriesOf(
  db: Database,
  work: (seen: Database) => Promise<unknown>,
): Promise<CompiledQuery[]> {
  const compiled: CompiledQuery[] = []
  await work(
    db.withPlugin({
      transformQuery({ node }) {
        compiled.push(db.getExecutor().compileQuery(node, { queryId: 'plan' }))
        return node
      },
      transformResult: async ({ result }) => result,
    }),
  )
  return compiled
}
