import { BACKBONES, type Backbone, InputDescription } from '../../models/backbones/registry.ts'
import type { Database } from './connection.ts'

/** One of the registry, or one that a person named by its file. */
export async function readBackbone(db: Database, id: string): Promise<Backbone> {
  const known = BACKBONES.find((b) => b.id === id)
  if (known) return known
  const row = await db.selectFrom('backbones').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  return toBackbone(row)
}

export async function listBackbones(db: Database): Promise<Backbone[]> {
  const rows = await db.selectFrom('backbones').selectAll().orderBy('id').execute()
  return [...BACKBONES, ...rows.map(toBackbone)]
}

/** Remembers a file as a backbone. The id carries the file's hash, so the same one again changes nothing but its place. */
export async function addBackbone(db: Database, { id, file, input, output, prior }: Backbone): Promise<void> {
  const values = { id, file, input: JSON.stringify(input), output: output ?? null, prior: prior ?? null }
  await db
    .insertInto('backbones')
    .values(values)
    .onConflict((c) => c.column('id').doUpdateSet({ file, prior: values.prior }))
    .execute()
}

function toBackbone({ id, file, input, output, prior }: Row): Backbone {
  return {
    ...{ id, file, input: InputDescription.parse(JSON.parse(input)) },
    ...(output !== null && { output }),
    ...(prior !== null && { prior }),
  }
}

type Row = { id: string; file: string; input: string; output: string | null; prior: string | null }
