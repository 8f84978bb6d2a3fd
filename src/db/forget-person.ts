import { BATCH, chunks, inBatches } from './chunks.ts'
import type { Database } from './connection.ts'
import { findPerson } from './find-person.ts'
import { EVERY_SERVER, NOBODY, noteForgotten, rememberForgotten } from './forgettings.ts'
import { sql } from './kysely.ts'
import { IssueSummary } from './label-issues.ts'
import { deleteEmptyLabels, deleteUnusedPictures } from './labels.ts'
import { examplesOf, type Person } from './people.ts'
import { changeDataset, inTransaction } from './transactions.ts'

/** How many examples of a dataset were forgotten; 0 where only its versions may have learned from some. */
type ForgottenIn = { dataset: number; examples: number }

/**
 * Deletes every example that a person added, or posted and let others add, what they said about answers, and their name
 * everywhere: in one server or, where none is given, in all of them. Others have their turn meanwhile; cut off, it goes on
 * when it is asked for again, and a backup that is restored forgets them all the same.
 * @returns the datasets that have changed, or whose versions may have learned from them
 */
export async function forgetPerson(db: Database, person: Person): Promise<ForgottenIn[]> {
  const { by, server = EVERY_SERVER } = person
  await inTransaction(db, (t) => rememberForgotten(t, { server, by }))
  const { datasets, servers } = await findPerson(db, person)
  const forgotten: ForgottenIn[] = []
  for (const dataset of datasets) forgotten.push({ dataset, examples: await deleteExamplesOf(db, dataset, by) })
  await deleteTraces(db, person)
  for (const { id } of await datasetsOf(db, servers)) await forgetInSurvey(db, id, by)
  for (const dataset of await forgetInAudit(db, person))
    if (!datasets.includes(dataset)) forgotten.push({ dataset, examples: await deleteExamplesOf(db, dataset, by) })
  return forgotten
}

async function deleteExamplesOf(db: Database, dataset: number, by: string): Promise<number> {
  let examples = 0
  for (let deleted = BATCH; deleted === BATCH; examples += deleted) deleted = await deleteSome(db, dataset, by)
  await changeDataset(db, dataset, async (t) => {
    await deleteEmptyLabels(t, dataset)
    await noteForgotten(t, dataset, { by: NOBODY, examples })
  })
  return examples
}

/** @returns how many it deleted, at most a batch */
const deleteSome = (db: Database, dataset: number, by: string): Promise<number> =>
  changeDataset(db, dataset, async (t) => {
    const some = examplesOf(t, dataset, by).limit(BATCH)
    const rows = await t.deleteFrom('examples').where('id', 'in', some).returning('picture').execute()
    await deleteUnusedPictures(
      t,
      dataset,
      rows.map((row) => row.picture),
    )
    return rows.length
  })

async function datasetsOf(db: Database, servers: string[]): Promise<{ id: number }[]> {
  const all: { id: number }[] = []
  for (const server of servers)
    all.push(...(await db.selectFrom('datasets').select('id').where('server', '=', server).execute()))
  return all
}

async function deleteTraces(db: Database, { by, server }: Person): Promise<void> {
  await inTransaction(db, async (t) => {
    // Where they were last, what they were asked: keys that name them. Compared as a whole: a name may have wildcards.
    const suffix = `:${by}`
    await t.deleteFrom('expiring').where(sql`substr(key, length(key) - length(${suffix}) + 1)`, '=', suffix).execute()
    // Posts that wait for a label or for somebody's yes, and what buttons stand for.
    await t
      .deleteFrom('expiring')
      .where(sql<boolean>`substr(key, 1, instr(key, ':')) in ('post:', 'asked:', 'deed:')`)
      .where(sql<boolean>`instr(value, ${JSON.stringify(by)}) > 0`)
      .execute()
    // Rests of answers, whose texts may name anybody.
    await t
      .deleteFrom('expiring')
      .where(sql<boolean>`substr(key, 1, instr(key, ':')) = 'details:'`)
      .where(sql<boolean>`instr(value, ${by}) > 0`)
      .execute()
    await t.deleteFrom('claims').where('by', '=', by).execute()
    if (server === undefined) await t.deleteFrom('web_sessions').where('person', '=', by).execute()
    const ignored = t.deleteFrom('ignored').where('person', '=', by)
    await (server === undefined ? ignored : ignored.where('server', '=', server)).execute()
  })
  const here = server === undefined ? sql<boolean>`true` : sql<boolean>`server = ${server}`
  const inDatasets = sql<boolean>`dataset in (select id from datasets where ${here})`
  const answers = db.selectFrom('feedback').select('id').where('by', '=', by).where(inDatasets).limit(BATCH)
  await inBatches(() => db.deleteFrom('feedback').where('id', 'in', answers).executeTakeFirstOrThrow())
  const decisions = db.selectFrom('reviews').select('id').where('by', '=', by).where(inDatasets).limit(BATCH)
  await inBatches(() =>
    db.updateTable('reviews').set({ by: NOBODY }).where('id', 'in', decisions).executeTakeFirstOrThrow(),
  )
  const changes = db.selectFrom('audit').select('id').where('by', '=', by).where(here).limit(BATCH)
  // What their files were called is theirs, too.
  const anonymous = { by: NOBODY, detail: sql<string>`json_remove(detail, '$.file')` }
  await inBatches(() => db.updateTable('audit').set(anonymous).where('id', 'in', changes).executeTakeFirstOrThrow())
}

/** What the last training found out about people. */
function forgetInSurvey(db: Database, dataset: number, by: string): Promise<void> {
  return changeDataset(db, dataset, async (t) => {
    const row = await t
      .selectFrom('surveys')
      .select('summary')
      .where('dataset', '=', dataset)
      .limit(1)
      .executeTakeFirst()
    if (!row) return
    const read = IssueSummary.parse(JSON.parse(row.summary))
    if (!read.teachers.some(({ teacher }) => teacher === by)) return
    const teachers = read.teachers.map((about) => (about.teacher === by ? { ...about, teacher: NOBODY } : about))
    const summary = JSON.stringify({ ...read, teachers })
    await t.updateTable('surveys').set({ summary }).where('dataset', '=', dataset).execute()
  })
}

/** Places in the audit log that are searched at once: a few hundredths of a second. */
const SEARCHED = 20_000

/**
 * What others did to, or together with, them, and pictures that they posted.
 * @returns the datasets that pictures of theirs were added to by others
 */
async function forgetInAudit(db: Database, { by, server }: Person): Promise<Set<number>> {
  const posted = new Set<number>()
  const [{ id: end } = { id: 0 }] = await db.selectFrom('audit').select('id').orderBy('id', 'desc').limit(1).execute()
  for (let last = 0; last < end; last += SEARCHED) {
    let query = db
      .selectFrom('audit')
      .select(['id', 'dataset', 'detail'])
      .where('id', '>', last)
      .where('id', '<=', last + SEARCHED)
      .where(sql<boolean>`instr(detail, ${JSON.stringify(by)}) > 0`)
    if (server !== undefined) query = query.where('server', '=', server)
    for (const some of chunks(await query.execute()))
      await inTransaction(db, async (t) => {
        for (const { id, dataset, detail: json } of some) {
          const { detail, isPoster } = withoutPerson(json, by)
          if (isPoster && dataset !== null) posted.add(dataset)
          await t.updateTable('audit').set({ detail }).where('id', '=', id).execute()
        }
      })
  }
  return posted
}

/** People are named whose pictures were withdrawn (`teacher`), who decided the same (`also`), and who posted (`poster`). */
function withoutPerson(json: string, by: string): { detail: string; isPoster: boolean } {
  const detail = JSON.parse(json)
  const isPoster = detail.poster === by
  if (detail.teacher === by) detail.teacher = NOBODY
  if (Array.isArray(detail.also)) detail.also = detail.also.map((other: unknown) => (other === by ? NOBODY : other))
  if (isPoster) {
    detail.poster = NOBODY
    delete detail.file
  }
  return { detail: JSON.stringify(detail), isPoster }
}
