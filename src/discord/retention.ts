import type { App } from '../app.ts'
import { config } from '../config.ts'
import { sweepAudit } from '../db/audit.ts'
import { deleteOldCopies } from '../db/copies.ts'
import { purgeDatasets } from '../db/dataset-changes.ts'
import { allDatasets } from '../db/datasets.ts'
import { takeTurn } from '../db/leadership.ts'
import { sweepMessages } from '../db/messages.ts'
import { sweepNews } from '../db/news.ts'
import { purgeServers } from '../db/servers.ts'
import { areAllShardsChecked } from '../db/shards.ts'
import { sweepDeletedLabels } from '../db/sweep-labels.ts'
import { sweepExpired } from '../db/ttl-store.ts'
import { sweepWebSessions } from '../db/web-sessions.ts'
import type { BotContext } from './context.ts'

const DAY_MS = 24 * 3600_000
/** How long it is remembered which messages were answered: none is answered twice, and an answer goes with its message. */
const MESSAGE_RETENTION_DAYS = 30

/** How long told news are kept, so that none is told again. */
const TOLD_NEWS_DAYS = 7

/** A little less than between two times that every shard asks for it. */
const SWEEP_EVERY_MS = 55 * 60_000

/** Deletes what is no longer needed. */
export async function deleteExpiredData({ app, serving, log, shard, ...bot }: BotContext): Promise<void> {
  const { db } = app
  // One does it for all shards.
  if (shard && !(await takeTurn(db, 'sweep', SWEEP_EVERY_MS))) return
  const maySweepServers = shard ? await areAllShardsChecked(db) : bot.maySweepServers
  const now = Date.now()
  const servers = maySweepServers ? await deleteLeftServers(app, new Date(now - serving.graceDays * DAY_MS)) : []
  if (servers.length > 0) log.info({ servers }, 'deleted the data of servers that were left')
  // Of datasets that were deleted while a stop came between.
  await Array.fromAsync(purgeDatasets(db))
  for (const dataset of await sweepDeletedLabels(db, now)) app.events.emit('examplesChanged', dataset, 1)
  await sweepAudit(db, new Date(now - serving.logDays * DAY_MS))
  await sweepNews(db, new Date(now - TOLD_NEWS_DAYS * DAY_MS))
  await sweepExpired(db)
  await sweepWebSessions(db)
  await sweepMessages(db, now - MESSAGE_RETENTION_DAYS * DAY_MS)
  deleteOldCopies(config.home)
}

async function deleteLeftServers({ db, events }: App, before: Date): Promise<string[]> {
  const datasets = await allDatasets(db)
  const servers = await purgeServers(db, before)
  const deleted = datasets.filter(({ server }) => servers.includes(server)).map(({ id }) => id)
  if (deleted.length > 0) events.emit('datasetsDeleted', deleted)
  return servers
}
