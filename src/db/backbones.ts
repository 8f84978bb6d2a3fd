import { BACKBONES, type Backbone, InputDescription } from '../../models/backbones/registry.ts'
import type { Database } from './connection.ts'
import type { Schema } from './schema.ts'

/** A backbone of the registry, or one that the operator added. Throws where neither has this id. */
export async function readBackbone(db: Database, id: string): Promise<Backbone> {
  const known = BACKBONES.find((b) => b.id === id)
  if (known) return known
  const row = await db.selectFrom('backbones').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return toBackbone(row)
}

/** Those of the registry first, then those that the operator added, by id. */
export async function listBackbones(db: Database): Promise<Backbone[]> {
  const rows = await db.selectFrom('backbones').selectAll().orderBy('id').execute()
  return [...BACKBONES, ...rows.map(toBackbone)]
}

/** Adds a file as a backbone. Its id carries the file's hash: the same one again changes nothing but where it is. */
export async function addBackbone(db: Database, { id, file, input, output, prior }: Backbone): Promise<void> {
  const values = { id, file, input: JSON.stringify(input), output: output ?? null, prior: prior ?? null }
  await db
    .insertInto('backbones')
    .values(values)
    .onConflict((c) => c.column('id').doUpdateSet({ file, prior: values.prior }))
    .execute()
}

function toBackbone({ id, file, input, output, prior }: Schema['backbones']): Backbone {
  const backbone: Backbone = { id, file, input: InputDescription.parse(JSON.parse(input)) }
  if (output !== null) backbone.output = output
  if (prior !== null) backbone.prior = prior
  return backbone
}
