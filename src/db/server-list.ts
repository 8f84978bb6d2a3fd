import type { Database } from './connection.ts'
import { LOCAL_SERVER, listDatasets } from './datasets.ts'
import { countPictures, countServerLabels } from './server-limits.ts'
import { measureStorage } from './storage.ts'

/** What a server has, and what the operator lets it have; null: nothing was set for it. Sizes in bytes. */
export type ServerUse = {
  id: string
  joinedAt: string
  leftAt: string | null
  usedAt: string | null
  pictures: number
  labels: number
  bytes: number
  maxPictures: number | null
  maxLabels: number | null
}

/** Servers that are read at once. */
const PAGE = 200

/** Every Discord server that is, or was until lately, in the database. */
export async function* listServers(db: Database): AsyncGenerator<ServerUse> {
  for (let after = LOCAL_SERVER; ; ) {
    const rows = await db
      .selectFrom('servers')
      .select(['id', 'joined_at as joinedAt', 'left_at as leftAt', 'used_at as usedAt'])
      .select(['max_pictures as maxPictures', 'max_labels as maxLabels'])
      .where('id', '>', after)
      .orderBy('id')
      .limit(PAGE)
      .execute()
    for (const row of rows) yield { ...row, ...(await measureServer(db, row.id)) }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

async function measureServer(db: Database, server: string) {
  let bytes = 0
  for (const { id } of await listDatasets(db, server)) {
    const { copyBytes, featureBytes, versionBytes } = await measureStorage(db, id)
    bytes += copyBytes + featureBytes + versionBytes
  }
  return { pictures: await countPictures(db, server), labels: await countServerLabels(db, server), bytes }
}

/** Remembers that somebody used the bot on a server. */
export async function noteUse(db: Database, server: string): Promise<void> {
  await db.updateTable('servers').set({ used_at: new Date().toISOString() }).where('id', '=', server).execute()
}
