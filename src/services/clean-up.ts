import { readServerLimits } from '../config.ts'
import type { ServiceContext } from '../context.ts'
import { recordChange } from '../db/audit.ts'
import {
  countAdditions,
  countDecisions,
  countFeedbackOf,
  countLost,
  type Doings,
  deleteFeedbackOf,
  deleteSomeAdditions,
  listAdditions,
  readLastDoing,
  undoSomeDecisions,
} from '../db/clean-up.ts'
import { listDatasets } from '../db/datasets.ts'
import { setWithdrawn } from '../db/people.ts'
import type { Action } from '../db/schema.ts'
import { changeDataset } from '../db/transactions.ts'
import { isSpoiler } from '../images/spoiler.ts'
import { type Progress, pictureProgress } from '../progress.ts'
import { findLabelDoings, findWithdrawals, type LabelDoing, undoLabelDoing } from './clean-up-labels.ts'
import { type Gallery, readShownCopies, type Sight } from './shown-copies.ts'

/** What cannot, or must not, be taken back. */
const LOST: Action[] = ['unfiled', 'forgotten', 'settings changed', 'backbone changed', 'promoted', 'trained']
/** Pictures that are shown of many. */
const SHOWN = 9

/** A label that somebody deleted, merged or renamed. `to`: the other name. */
type TouchedLabel = { what: 'deleted' | 'merged' | 'renamed'; label: string; to: string | null; dataset: string }

/** A picture by its number, in a dataset. */
type LeftPicture = { example: number; dataset: string; label: string }

/**
 * What can be taken back: pictures that were added, decisions and moves, words about answers, labels, and whose pictures were
 * withdrawn or put back. `left`: what others changed since, and stays; of the pictures, the first ones. `lost`: what nothing
 * takes back, by kind.
 */
export type CleanUp = {
  additions: number
  decisions: number
  feedback: number
  labels: TouchedLabel[]
  withdrawals: string[]
  left: { additions: number; decisions: number; labels: TouchedLabel[]; pictures: LeftPicture[] }
  lost: { action: Action; changes: number }[]
}

const nothing = (): CleanUp => ({
  additions: 0,
  decisions: 0,
  feedback: 0,
  labels: [],
  withdrawals: [],
  left: { additions: 0, decisions: 0, labels: [], pictures: [] },
  lost: [],
})

type Where = { server: string } & Doings

/** What a person did in all datasets of a server. `mark`: another one once they did something more. */
export async function findDoings(
  { db }: ServiceContext,
  { server, ...doings }: Where,
): Promise<CleanUp & { mark: string }> {
  const found = nothing()
  for (const { id, name } of await listDatasets(db, server)) {
    const additions = await countAdditions(db, id, doings)
    const decisions = await countDecisions(db, id, doings)
    found.additions += additions.added
    found.left.additions += additions.left
    found.decisions += decisions.decided
    found.left.decisions += decisions.left
    found.feedback += await countFeedbackOf(db, id, doings)
    await addLeft(found, { db, id, name, doings })
    for (const { left, ...doing } of await findLabelDoings(db, { id, name }, doings))
      (left ? found.left.labels : found.labels).push(describeDoing(doing))
    for (const { teacher } of await findWithdrawals(db, id, doings)) found.withdrawals.push(teacher)
  }
  found.lost = await countLost(db, server, { ...doings, actions: LOST })
  const mark = [await readLastDoing(db, server, doings.person), found.additions, found.decisions].join('-')
  return { ...found, mark }
}

const describeDoing = ({ what, label, to, dataset }: Omit<LabelDoing, 'left'>): TouchedLabel => ({
  what,
  label,
  to,
  dataset,
})

type InDataset = { db: ServiceContext['db']; id: number; name: string; doings: Doings }

async function addLeft(found: CleanUp, { db, id, name, doings }: InDataset): Promise<void> {
  const limit = SHOWN - found.left.pictures.length
  if (limit <= 0) return
  for (const { example, label } of await listAdditions(db, id, { ...doings, left: true, limit }))
    found.left.pictures.push({ example, label, dataset: name })
}

/** The first pictures that a person added and that would be deleted, captioned. */
export async function cleanUpGallery(
  app: ServiceContext,
  { server, seesAll, ...doings }: Where & Sight,
): Promise<Gallery> {
  const { db } = app
  const tiles: Gallery['gallery'] = []
  let [hidden, unreadable] = [0, 0]
  for (const { id } of await listDatasets(db, server)) {
    const limit = SHOWN - tiles.length
    if (limit <= 0) break
    const some = await listAdditions(db, id, { ...doings, left: false, limit })
    const found = await readShownCopies(app, id, { examples: some.map((s) => s.example), seesAll })
    hidden += found.hidden
    unreadable += found.unreadable
    for (const { example, label, file } of some) {
      const copy = found.copies.get(example)
      if (copy) tiles.push({ copy, caption: label, note: `#${example}`, isSpoiler: isSpoiler(file) })
    }
  }
  return { gallery: tiles, hidden, unreadable }
}

/**
 * Takes back what a person did in all datasets of a server, the last change first, some at a time: others have their turn
 * meanwhile. Cut off, or called again, it goes on with what is left. @param by who does it. @returns what it took back
 */
export async function* takeBackDoings(
  app: ServiceContext,
  { server, by, ...doings }: Where & { by: string },
): AsyncGenerator<Progress, CleanUp> {
  const { db, events } = app
  const expected = await findDoings(app, { server, ...doings })
  const total = expected.additions + expected.decisions
  const done = nothing()
  done.lost = expected.lost
  for (const { id, name } of await listDatasets(db, server)) {
    const before = countAll(done)
    yield* undoInOrder(app, { id, name, doings, by, done, total })
    for (;;) {
      const deleted = await deleteSomeAdditions(db, id, { ...doings, by })
      if (deleted === 0) break
      done.additions += deleted
      yield pictureProgress(done.additions + done.decisions, total)
    }
    const additions = await countAdditions(db, id, doings)
    done.left.additions += additions.left
    await addLeft(done, { db, id, name, doings })
    const feedback = await finish(app, { id, by, doings, changes: countAll(done) - before })
    done.feedback += feedback
    if (countAll(done) > before) events.emit('examplesChanged', id, countAll(done) - before)
  }
  return done
}

const countAll = ({ additions, decisions, labels, withdrawals }: CleanUp): number =>
  additions + decisions + labels.length + withdrawals.length

type Running = { id: number; name: string; doings: Doings; by: string; done: CleanUp; total: number }

/** A picture may have been moved before its label was merged, and after: what was done last is undone first. */
async function* undoInOrder(
  app: ServiceContext,
  { id, name, doings, by, done, total }: Running,
): AsyncGenerator<Progress> {
  const ofLabels = await findLabelDoings(app.db, { id, name }, doings)
  const withdrawals = await findWithdrawals(app.db, id, doings)
  const inOrder = [...ofLabels, ...withdrawals].sort((a, b) => (a.at < b.at ? 1 : -1))
  for (const doing of [...inOrder, undefined]) {
    const since = doing?.at ?? doings.since
    for (;;) {
      const { undone, left } = await undoSomeDecisions(app.db, id, {
        person: doings.person,
        since,
        by,
        limits: readServerLimits(),
      })
      if (undone.length + left.length === 0) break
      done.decisions += undone.length
      done.left.decisions += left.length
      yield pictureProgress(done.additions + done.decisions, total)
    }
    if (!doing) return
    if ('teacher' in doing) {
      const { teacher, withdrawn } = doing
      await setWithdrawn(app.db, id, { teacher, by, withdrawn })
      done.withdrawals.push(teacher)
      continue
    }
    const isUndone = !doing.left && (await undoLabelDoing(app.db, id, { doing, by }))
    ;(isUndone ? done.labels : done.left.labels).push(describeDoing(doing))
  }
}

type Finishing = { id: number; by: string; doings: Doings; changes: number }

/** @returns how many words about answers it deleted */
function finish({ db }: ServiceContext, { id, by, doings, changes }: Finishing): Promise<number> {
  return changeDataset(db, id, async (t) => {
    const feedback = await deleteFeedbackOf(t, id, doings)
    const { person: teacher, since } = doings
    if (changes + feedback > 0)
      await recordChange(t, {
        dataset: id,
        by,
        action: 'cleaned up',
        detail: { teacher, since, changes, feedback },
      })
    return feedback
  })
}
