import { z } from 'zod'
import type { Database } from './connection.ts'
import { DELETED, LOCAL_SERVER, UNFINISHED } from './datasets.ts'
import type { Schema } from './schema.ts'

/** `labels`: those that have changed too much; none: it is worse than the active version. */
const HeldBack = z.object({ kind: z.literal('held-back'), version: z.int(), labels: z.array(z.string()) })
/** `code`, `values`: of a UserError. */
const Failed = z.object({
  kind: z.literal('training-failed'),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
})
/** `suspects`: in all; `more`: than before. */
const ManySuspects = z.object({ kind: z.literal('many-suspects'), suspects: z.int(), more: z.int() })
const News = z.discriminatedUnion('kind', [HeldBack, Failed, ManySuspects])

/** What managers should hear of. */
export type News = z.infer<typeof News>
/** `dataset`: its name. */
export type ToldNews = News & { id: number; dataset: string }

/** The same failure is no news again for so long. */
const REPEAT_MS = 24 * 3600_000
/** Pieces that are told at once. */
const MAX_TOLD = 10

/**
 * Keeps a piece of news until somebody is told. It takes the place of an untold one of its kind, so that a dataset has one of
 * each at most. @returns the server that it concerns; undefined: it is told already, or there is nobody to tell
 */
export function addNews(db: Database, dataset: number, news: News, now = new Date()): Promise<string | undefined> {
  return db.transaction().execute(async (t) => {
    const found = await t.selectFrom('datasets').select('server').where('id', '=', dataset).limit(1).executeTakeFirst()
    if (!found || [LOCAL_SERVER, DELETED, UNFINISHED].includes(found.server)) return undefined
    const detail = JSON.stringify(news)
    const told = t
      .selectFrom('news')
      .select('id')
      .where('dataset', '=', dataset)
      .where('kind', '=', news.kind)
      .where('detail', '=', detail)
      .where('told_at', '>', new Date(now.getTime() - REPEAT_MS).toISOString())
    if (await told.limit(1).executeTakeFirst()) return undefined
    await dropNews(t, dataset, [news.kind])
    await t
      .insertInto('news')
      .values({ server: found.server, dataset, kind: news.kind, detail, at: now.toISOString(), told_at: null })
      .execute()
    return found.server
  })
}

/** Deletes untold news of a dataset that are so no more. */
export async function dropNews(db: Database, dataset: number, kinds: Schema['news']['kind'][]): Promise<void> {
  await db
    .deleteFrom('news')
    .where('dataset', '=', dataset)
    .where('kind', 'in', kinds)
    .where('told_at', 'is', null)
    .execute()
}

/** The news of a server that nobody has been told, the oldest first. They are told from now on: nobody else gets them. */
export function takeNews(db: Database, server: string): Promise<ToldNews[]> {
  return db.transaction().execute(async (t) => {
    const rows = await t
      .selectFrom('news')
      .innerJoin('datasets', 'datasets.id', 'news.dataset')
      .select(['news.id', 'detail', 'datasets.name'])
      .where('news.server', '=', server)
      .where('told_at', 'is', null)
      .orderBy('news.id')
      .limit(MAX_TOLD)
      .execute()
    if (rows.length === 0) return []
    const ids = rows.map((row) => row.id)
    await t.updateTable('news').set({ told_at: new Date().toISOString() }).where('id', 'in', ids).execute()
    return rows.flatMap(({ id, detail, name }) => {
      const { data } = News.safeParse(JSON.parse(detail))
      return data ? [{ ...data, id, dataset: name }] : []
    })
  })
}

/** They could not be told: somebody else is, later. */
export async function giveBackNews(db: Database, news: readonly ToldNews[]): Promise<void> {
  const ids = news.map(({ id }) => id)
  await db.updateTable('news').set({ told_at: null }).where('id', 'in', ids).execute()
}

/** Servers with news that nobody has been told. */
export async function listServersWithNews(db: Database): Promise<string[]> {
  const rows = await db.selectFrom('news').select('server').distinct().where('told_at', 'is', null).execute()
  return rows.map((row) => row.server)
}

/** Deletes what was told before a moment. */
export async function sweepNews(db: Database, before: Date): Promise<void> {
  await db.deleteFrom('news').where('told_at', '<', before.toISOString()).execute()
}
