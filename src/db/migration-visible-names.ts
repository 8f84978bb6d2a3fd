import { UserError } from '../errors.ts'
import { parseName, spellingOf } from '../label.ts'
import { type Kysely, type Migration, sql } from './kysely.ts'

/**
 * Migration 011: names from before invisible characters were stripped (label.ts) lose them, or nobody could address them.
 * Labels that are one by then are merged, as a teacher merges (merge-labels.ts). Datasets are not: the second one gets a
 * number. Foreign keys are off meanwhile, so that what belongs to deleted rows is deleted here.
 */
export const visibleNames: Migration = {
  async up(db: Kysely<unknown>) {
    await renameLabels(db)
    await renameDatasets(db)
  },
}

type Named = { id: number; owner: number | string; name: string }
type LabelRow = { id: number; dataset: number; name: string; key: string }

async function renameLabels(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<LabelRow>`select id, dataset, name, key from labels order by id`.execute(db)
  const labels = rows.map((row) => ({ ...row, ...parse('label', row.name, parseSpelling), was: row }))
  for (const same of Map.groupBy(labels, ({ dataset, key }) => `${dataset} ${key}`).values()) {
    const target = same.find(({ name, was }) => name === was.name) ?? same[0]
    if (!target) continue
    for (const source of same) {
      if (source !== target) await merge(db, source.id, target.id)
      if (source.was.name !== target.name)
        await renameInTexts(db, target.dataset, { from: source.was.name, to: target.name })
    }
    const { id, name, key, was } = target
    if (name !== was.name || key !== was.key)
      await sql`update labels set name = ${name}, key = ${key} where id = ${id}`.execute(db)
  }
}

/** Labels as they were compared then. */
function parseSpelling(text: string): { name: string; key: string } {
  const name = parseName('label', text)
  return { name, key: spellingOf(name) }
}

/** What is called by nothing but invisible characters is called by their numbers. */
function parse<T>(what: 'label' | 'dataset', text: string, read: (text: string) => T): T {
  try {
    return read(text)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const printable = text.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}]/gu, ' ')
    if (error.code === `${what}.control-character` && printable !== text) return parse(what, printable, read)
    const numbers = Array.from(text, (character) => `U+${character.codePointAt(0)?.toString(16).toUpperCase()}`)
    return read(numbers.slice(0, MAX_NUMBERS).join(' '))
  }
}

/** So many fit into a name: each takes at most nine characters and a space. */
const MAX_NUMBERS = 10

async function merge(db: Kysely<unknown>, source: number, target: number): Promise<void> {
  const under = (label: number) =>
    sql`select 1 from examples as other where other.label = ${label} and other.picture = examples.picture`
  for (const [label, other] of [
    [target, source],
    [source, target],
  ] as const)
    await sql`update examples set vouched = 1 where label = ${label} and state <> 'excluded'
      and exists (${under(other)} and other.state <> 'excluded' and other.vouched = 1)`.execute(db)
  await sql`delete from examples where label = ${target} and state = 'withdrawn'
    and exists (${under(source)} and other.state <> 'withdrawn')`.execute(db)
  await sql`update examples set label = ${target} where label = ${source} and not exists (${under(target)})`.execute(db)
  await sql`delete from examples where label = ${source}`.execute(db)
  for (const table of ['suspicions', 'reviews', 'claims'])
    await sql`delete from ${sql.table(table)} where example not in (select id from examples)`.execute(db)
  await sql`update label_merges set target = ${target} where target = ${source}`.execute(db)
  await sql`insert or replace into label_merges (label, target) values (${source}, ${target})`.execute(db)
  await sql`delete from labels where id = ${source}`.execute(db)
}

type Renaming = { from: string; to: string }

/** What the last training suggests, and what waits for another reviewer, names labels. */
async function renameInTexts(db: Kysely<unknown>, dataset: number, { from, to }: Renaming): Promise<void> {
  await sql`update suspicions set suggested = ${to} where dataset = ${dataset} and suggested = ${from}`.execute(db)
  await sql`update suspicions set reasons = (
      select json_group_array(case json_extract(value, '$.label') when ${from} then json_set(value, '$.label', ${to})
        else json(value) end) from json_each(reasons))
    where dataset = ${dataset} and json_valid(reasons) and exists (
      select 1 from json_each(reasons) where type = 'object' and json_extract(value, '$.label') = ${from})`.execute(db)
  await sql`delete from suspicions where dataset = ${dataset} and suggested = ${to} and exists (select 1 from examples
    join labels on labels.id = examples.label where examples.id = suspicions.example and labels.name = ${to})`.execute(
    db,
  )
  await sql`update reviews set label = ${to} where dataset = ${dataset} and label = ${from}`.execute(db)
}

async function renameDatasets(db: Kysely<unknown>): Promise<void> {
  const { rows } = await sql<Named>`select id, server as owner, name from datasets order by id`.execute(db)
  for (const { id, owner, name } of rows) {
    const visible = parse('dataset', name, (text) => parseName('dataset', text))
    if (visible === name) continue
    const taken = new Set(rows.filter((row) => row.owner === owner).map((row) => row.name))
    const to = firstFree(visible, taken)
    rows.push({ id, owner, name: to })
    await sql`update datasets set name = ${to} where id = ${id}`.execute(db)
    // Which dataset a channel uses.
    await sql`update servers set settings = json_set(settings, '$.datasets', json((
        select json_group_object(key, case value when ${name} then ${to} else value end)
        from json_each(settings, '$.datasets'))))
      where id = ${owner} and json_valid(settings) and json_type(settings, '$.datasets') = 'object'`.execute(db)
  }
}

function firstFree(name: string, taken: Set<string>): string {
  for (let number = 2, free = name; ; number++) {
    if (!taken.has(free)) return free
    free = `${name.slice(0, MAX_STEM)} ${number}`.toWellFormed()
  }
}

/** Leaves room for the number. */
const MAX_STEM = 90
