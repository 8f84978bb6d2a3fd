import { isAbsolute, join, resolve } from 'node:path'
import { BACKBONES, type Backbone, InputDescription } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import { restoreBackboneFiles, StoredFiles, storeBackboneFiles } from './backbone-files.ts'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'

const homes = new WeakMap<Database, string>()

/** Gives a database the folder that paths of added backbones start from. */
export const useBackboneHome = (db: Database, home: string): void => void homes.set(db, resolve(home))

/**
 * A backbone of the registry, or one that the operator added, whose files are written if they are missing.
 * Throws UserError backbone.gone where neither has this id, backbone.unusable where its files cannot be written
 */
export async function readBackbone(db: Database, id: string): Promise<Backbone> {
  const known = BACKBONES.find((b) => b.id === id)
  if (known) return known
  const row = await db.selectFrom('backbones').selectAll().where('id', '=', id).limit(1).executeTakeFirst()
  if (!row)
    throw new UserError(
      'backbone.gone',
      `Expected the backbone ${id}, found none: add it again, or run \`backbone use\` with another and \`train\``,
    )
  const home = homes.get(db)
  if (home !== undefined && row.files !== null)
    await restoreBackboneFiles(db, home, { id, files: StoredFiles.parse(JSON.parse(row.files)) })
  return toBackbone(row, home)
}

/** Between the ids of backbones that answer together, as datasets and versions keep them. No id has it (services/backbones). */
const SEPARATOR = '+'

export const joinBackboneIds = (backbones: readonly Pick<Backbone, 'id'>[]): string =>
  backbones.map(({ id }) => id).join(SEPARATOR)

/** The ids that `joinBackboneIds` joined, whether or not their backbones are there. */
export async function splitBackboneIds(db: Database, ids: string): Promise<[string, ...string[]]> {
  // Backbones that were added before may have the separator in their id.
  const whole = await db.selectFrom('backbones').select('id').where('id', '=', ids).limit(1).executeTakeFirst()
  const [first = ids, ...others] = whole ? [ids] : ids.split(SEPARATOR)
  return [first, ...others]
}

/** The backbones that ids of `joinBackboneIds` stand for, one or more. Throws UserError backbone.gone, .unusable */
export async function readBackbones(db: Database, ids: string): Promise<[Backbone, ...Backbone[]]> {
  const [first, ...others] = await splitBackboneIds(db, ids)
  return [await readBackbone(db, first), ...(await Promise.all(others.map((id) => readBackbone(db, id))))]
}

/** Those of the registry first, then those that the operator added, by id. */
export async function listBackbones(db: Database): Promise<Backbone[]> {
  const rows = await db.selectFrom('backbones').selectAll().orderBy('id').execute()
  return [...BACKBONES, ...rows.map((row) => toBackbone(row, homes.get(db)))]
}

/**
 * Adds a file as a backbone, and stores it where the database has a home. Its id carries the file's hash: the same one
 * again changes nothing but where it is. @returns the backbone as `readBackbone` gives it
 */
export async function addBackbone(db: Database, backbone: Backbone): Promise<Backbone> {
  const { id, file, input, output, prior = null } = backbone
  const values = { id, file, input: JSON.stringify(input), output: output ?? null, prior, files: null }
  await db
    .insertInto('backbones')
    .values(values)
    .onConflict((c) => c.column('id').doUpdateSet({ file, prior, files: null }))
    .execute()
  const home = homes.get(db)
  if (home === undefined) return backbone
  await storeBackboneFiles(db, home, backbone)
  return readBackbone(db, id)
}

/**
 * Stores the files of backbones that were added before the database kept them. One whose file is gone is left as it is.
 * @returns their ids
 */
export async function storeUnstoredBackbones(db: Database): Promise<{ stored: string[]; missing: string[] }> {
  const home = homes.get(db)
  const stored: string[] = []
  const missing: string[] = []
  if (home === undefined) return { stored, missing }
  for (const row of await db.selectFrom('backbones').selectAll().where('files', 'is', null).execute())
    try {
      await storeBackboneFiles(db, home, toBackbone(row, home))
      stored.push(row.id)
    } catch (error) {
      if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error
      missing.push(row.id)
    }
  return { stored, missing }
}

function toBackbone({ id, file, input, output, prior }: Schema['backbones'], home = ''): Backbone {
  const inHome = (path: string): string => (isAbsolute(path) ? path : join(home, path))
  const backbone: Backbone = { id, file: inHome(file), input: InputDescription.parse(JSON.parse(input)) }
  if (output !== null) backbone.output = output
  if (prior !== null) backbone.prior = inHome(prior)
  return backbone
}
