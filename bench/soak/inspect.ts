// What is in the database afterwards, against what people were told.
import { join } from 'node:path'
import SQLite from 'better-sqlite3'
import type { Post, Soak } from './ask.ts'
import type { State } from './ledger.ts'

/** Rows without their owner that no foreign key can find. */
const ORPHANS: Record<string, string> = {
  'pictures that no example has': 'select count(*) from pictures where id not in (select picture from examples)',
  'pictures without features': 'select count(*) from pictures where id not in (select picture from features)',
  'examples of another dataset than their picture':
    'select count(*) from examples join labels on labels.id = label join pictures on pictures.id = picture where labels.dataset <> pictures.dataset',
  'labels without an example':
    'select count(*) from labels where deleted_at is null and id not in (select label from examples)',
  'datasets of no server':
    "select count(*) from datasets where server <> '' and server not in (select id from servers)",
  'active versions that are gone':
    'select count(*) from datasets where version is not null and not exists (select 1 from versions where dataset = datasets.id and number = datasets.version)',
  'trainings due in datasets that are gone':
    "select count(*) from expiring where key like 'due:%' and cast(substr(key, 5) as integer) not in (select id from datasets)",
  'posts without a server':
    "select count(*) from messages where server not in (select id from servers) and server <> ''",
  'unfinished posts': 'select count(*) from messages where work is not null',
}

export type Inspection = {
  additions: number
  deletions: number
  uncertain: number
  taken: number
  notTaken: number
  /** Of those that were taken in watched channels: unanswered, as nothing was trained. */
  untrained: number
  /** Unanswered, as the answer would have been that it does not know, or not surely enough. */
  unsure: number
}

/** Compares, and adds what is wrong to `problems`. */
export function inspect(soak: Soak): Inspection {
  const database = new SQLite(join(soak.bot.home, 'mekiki.sqlite'), { readonly: true })
  try {
    inspectRows(soak, database)
    inspectSettings(soak, database)
    return { ...inspectPictures(soak, database), ...inspectPosts(soak, database) }
  } finally {
    database.close()
  }
}

function inspectRows({ problems }: Soak, database: SQLite.Database): void {
  const integrity = database.pragma('integrity_check', { simple: true })
  if (integrity !== 'ok') problems.push(`integrity: ${integrity}`)
  for (const row of database.pragma('foreign_key_check') as unknown[]) problems.push(`orphan: ${JSON.stringify(row)}`)
  for (const [what, query] of Object.entries(ORPHANS)) {
    const count = database.prepare(query).pluck().get()
    if (count !== 0) problems.push(`${count} ${what}`)
  }
}

function inspectPictures({ ledger, problems }: Soak, database: SQLite.Database) {
  const rows = database.prepare("select file, state from examples where state <> 'deleted'").all() as {
    file: string
    state: State
  }[]
  const states = new Map(rows.map(({ file, state }) => [file, state]))
  if (states.size < rows.length) problems.push(`${rows.length - states.size} pictures are there twice`)
  const counts = { additions: 0, deletions: 0, uncertain: 0 }
  for (const picture of ledger.pictures.values()) {
    const state = states.get(picture.file)
    const expected = ledger.expected(picture)
    counts[expected === 'there' ? 'additions' : expected === 'gone' ? 'deletions' : 'uncertain']++
    if (expected === 'there' && state === undefined) problems.push(`lost: ${JSON.stringify(describe(picture))}`)
    if (expected === 'gone' && state !== undefined) problems.push(`came back: ${JSON.stringify(describe(picture))}`)
    if (state !== undefined && !ledger.possibleStates(picture).includes(state))
      problems.push(`is ${state}: ${JSON.stringify(describe(picture))}`)
  }
  for (const file of states.keys()) if (!ledger.pictures.has(file)) problems.push(`nobody added ${file}`)
  return counts
}

const describe = (picture: { labels: Set<string> }) => ({ ...picture, labels: [...picture.labels] })

/** The last value that was acknowledged stands, unless a later one may have been set. */
function inspectSettings({ servers, problems }: Soak, database: SQLite.Database): void {
  for (const { guild, every } of servers) {
    const set = every.filter((e) => e.outcome !== 'refused')
    const last = set.at(-1)
    if (last?.outcome !== 'done') continue
    const row = database.prepare('select settings from servers where id = ?').pluck().get(guild.id)
    const { every: stored } = JSON.parse(String(row)) as { every: number }
    if (stored !== last.value) problems.push(`every is ${stored} instead of ${last.value} in ${guild.name}`)
  }
}

/** Why nothing is said where nobody asked by name. */
const SILENCES: Record<string, 'untrained' | 'unsure'> = {
  'predict.not-trained': 'untrained',
  unknown: 'unsure',
  'below confidence': 'unsure',
}

/**
 * What the bot took (it wrote down that it did, before anything else) it answers exactly once, whatever happens to it
 * meanwhile, or says in its log why not; what never reached it, nobody answers.
 */
function inspectPosts({ posts, answers, outcomes, problems }: Soak, database: SQLite.Database) {
  const taken = new Set(database.prepare('select id from messages').pluck().all() as string[])
  const counts = { taken: 0, notTaken: 0, untrained: 0, unsure: 0 }
  for (const { id, isWatched } of posts) {
    const given = answers.get(id)?.size ?? 0
    const isTaken = taken.has(id)
    counts[isTaken ? 'taken' : 'notTaken']++
    const outcome = outcomes.get(id)
    const silence = isWatched ? SILENCES[outcome ?? ''] : undefined
    if (isTaken && given === 0 && silence) counts[silence]++
    else if (given !== (isTaken ? 1 : 0))
      problems.push(`${given} answers to ${isTaken ? 'a' : 'no'} post ${id}: ${outcome}`)
  }
  return counts
}

/** Posts that the bot has taken and not answered yet. */
export function countOpenPosts(home: string, posts: Post[]): number {
  const database = new SQLite(join(home, 'mekiki.sqlite'), { readonly: true })
  try {
    const open = new Set(database.prepare('select id from messages where work is not null').pluck().all() as string[])
    return posts.filter((p) => open.has(p.id)).length
  } finally {
    database.close()
  }
}
