import type SQLite from 'better-sqlite3'
import { countByDataset, countExamples, deleteUnused, trainAnew } from './apply-forgettings.ts'
import { isNearCopy } from './blocked-pictures.ts'

type Block = { kind: string; id: string; at: string; by: string }
type BlockedPicture = { pixel_hash: Buffer; perceptual_hash: string; at: string; by: string }

/** Whom and what a database keeps out. */
export type Blocked = { blocks: Block[]; pictures: BlockedPicture[] }

/** Undefined: the database is of before there were blocks. */
export function readBlocked(database: SQLite.Database): Blocked | undefined {
  if (!database.prepare(`select 1 from sqlite_schema where name = 'blocked_pictures'`).get()) return undefined
  return {
    blocks: database.prepare<[], Block>('select kind, id, at, by from blocks').all(),
    pictures: database
      .prepare<[], BlockedPicture>('select pixel_hash, perceptual_hash, at, by from blocked_pictures order by id')
      .all(),
  }
}

/**
 * Keeps out of a restored database what the one that it replaces kept out, and nothing else: what was allowed again since
 * stays allowed. @returns how many examples it deleted
 */
export function carryBlocked(database: SQLite.Database, { blocks, pictures }: Blocked): number {
  database.exec('delete from blocks; delete from blocked_pictures')
  const addBlock = database.prepare('insert into blocks (kind, id, at, by) values (@kind, @id, @at, @by)')
  for (const block of blocks) addBlock.run(block)
  const addPicture = database.prepare(
    'insert into blocked_pictures (pixel_hash, perceptual_hash, at, by) values (@pixel_hash, @perceptual_hash, @at, @by)',
  )
  for (const picture of pictures) addPicture.run(picture)
  return pictures.length === 0 ? 0 : deleteBlocked(database, pictures)
}

function deleteBlocked(database: SQLite.Database, blocked: BlockedPicture[]): number {
  const before = countExamples(database)
  const byDataset = countByDataset(database)
  const exact = new Set(blocked.map((b) => b.pixel_hash.toString('hex')))
  const near = blocked.map((b) => BigInt(`0x${b.perceptual_hash}`))
  const found: { id: number; dataset: number }[] = []
  for (const row of database
    .prepare<[], { id: number; dataset: number; pixel_hash: Buffer; perceptual_hash: string }>(
      'select id, dataset, pixel_hash, perceptual_hash from pictures',
    )
    .iterate()) {
    const hash = BigInt(`0x${row.perceptual_hash}`)
    if (exact.has(row.pixel_hash.toString('hex')) || near.some((other) => isNearCopy(other, hash))) found.push(row)
  }
  const remove = database.prepare('delete from examples where picture = ?')
  for (const { id } of found) remove.run(id)
  deleteUnused(database)
  for (const dataset of new Set(found.map((row) => row.dataset)))
    trainAnew(database, dataset, byDataset.get(dataset) ?? 0)
  return before - countExamples(database)
}
