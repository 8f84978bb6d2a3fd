import { z } from 'zod'
import type { Database } from './connection.ts'
import { DELETED, LOCAL_SERVER, UNFINISHED } from './datasets.ts'
import { isPostgres } from './engine.ts'
import { endNewsLease, type NewsLease, takeNewsLease } from './news-lease.ts'
import type { Schema } from './schema.ts'
import { inTransaction } from './transactions.ts'

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
  return inTransaction(db, async (t) => {
    const found = await t
      .selectFrom('datasets')
      .select('server')
      .where('id', '=', dataset)
      .limit(1)
      .$if(isPostgres(t), (query) => query.forNoKeyUpdate())
      .executeTakeFirst()
    if (!found || [LOCAL_SERVER, DELETED, UNFINISHED].includes(found.server)) return undefined
    const detail = JSON.stringify(news)
    const repeated = new Date(now.getTime() - REPEAT_MS).toISOString()
    const same = t
      .selectFrom('news')
      .select('told_at')
      .where('dataset', '=', dataset)
      .where('kind', '=', news.kind)
      .where('detail', '=', detail)
      .where((e) => e.or([e('told_at', '>', repeated), e('told_at', 'is', null)]))
    const known = await same.limit(1).executeTakeFirst()
    // It may be being told just now.
    if (known) return known.told_at === null ? found.server : undefined
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

/** What one process is to tell. It calls `endNews`; where it dies before, another takes them. */
export type TakenNews = { pieces: ToldNews[]; lease: NewsLease }

/** The news of a server that nobody has been told, the oldest first. Undefined: there are none, or another process is telling them. */
export async function takeNews(db: Database, server: string): Promise<TakenNews | undefined> {
  // As a rule there are none: to look is no write.
  if ((await readUntold(db, server)).length === 0) return undefined
  const lease = await takeNewsLease(db, server)
  if (!lease) return undefined
  // Another may have told them until now.
  const pieces = await readUntold(db, server)
  if (pieces.length > 0) return { pieces, lease }
  await endNewsLease(db, lease)
  return undefined
}

async function readUntold(db: Database, server: string): Promise<ToldNews[]> {
  const rows = await db
    .selectFrom('news')
    .innerJoin('datasets', 'datasets.id', 'news.dataset')
    .select(['news.id', 'detail', 'datasets.name'])
    .where('news.server', '=', server)
    .where('told_at', 'is', null)
    .orderBy('news.id')
    .limit(MAX_TOLD)
    .execute()
  return rows.flatMap(({ id, detail, name }) => {
    const { data } = News.safeParse(JSON.parse(detail))
    return data ? [{ ...data, id, dataset: name }] : []
  })
}

/** @param taken `isTold`: nobody gets them again; otherwise somebody is told later */
export async function endNews(db: Database, { pieces, lease, isTold }: TakenNews & { isTold: boolean }): Promise<void> {
  const ids = pieces.map(({ id }) => id)
  if (isTold) await db.updateTable('news').set({ told_at: new Date().toISOString() }).where('id', 'in', ids).execute()
  await endNewsLease(db, lease)
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
