import type { Selectable } from 'kysely'
import { parseLabel } from '../label.ts'
import { withinLabelLimit } from './admission.ts'
import { recordChanges } from './audit.ts'
import { BATCH, chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { ExampleBefore, type ExampleRow, findPlaces, isUnchanged, readExampleRows } from './decisions.ts'
import { sql, type Transaction } from './kysely.ts'
import { deleteEmptyLabels } from './labels.ts'
import { reviveLabel } from './revive-label.ts'
import type { LivingState, Schema } from './schema.ts'
import type { Limits } from './server-limits.ts'
import { changeDataset } from './transactions.ts'

type Review = Pick<Selectable<Schema['reviews']>, 'id' | 'example' | 'decision' | 'before'>

/** `change`: what decisions are undone together by. `before`: only those with a smaller id. */
type Undoing = { change: string; by: string; limits?: Limits | undefined; before: number }

/**
 * `undone`: examples that are what they were; `waited`: how many of these waited for another reviewer. `left`: those that somebody
 * changed since. `last`: the decision before which the next call goes on; undefined: there are no more.
 */
type Undone = { undone: number[]; waited: number; left: number[]; last: number | undefined }

/**
 * Takes some of what a person decided together back, the latest first: with a statement for as many as are alike. What somebody
 * changed since stays as it is. Throws UserError limit.labels
 */
export function undoSome(db: Database, dataset: number, { change, by, limits = {}, before }: Undoing): Promise<Undone> {
  return changeDataset(db, dataset, (t) =>
    withinLabelLimit(t, { dataset, limits }, async () => {
      const reviews = await readReviews(t, dataset, { change, by, before })
      const waiting = reviews.filter((review) => review.before === null)
      const done = await new Takeback(t, dataset, change).takeBack(reviews.filter((review) => review.before !== null))
      const undone = [...waiting, ...done.undone]
      await settle(t, undone, 'undone')
      await settle(t, done.left, 'superseded')
      const details = undone.map(({ example, decision, before }) =>
        before === null ? { example, decision, waited: true } : { example, decision },
      )
      await recordChanges(t, { dataset, by, action: 'review undone' }, details)
      return {
        undone: undone.map((review) => review.example),
        waited: waiting.length,
        left: done.left.map((review) => review.example),
        last: reviews.length < BATCH ? undefined : reviews.at(-1)?.id,
      }
    }),
  )
}

const readReviews = (t: Transaction<Schema>, dataset: number, { change, by, before }: Omit<Undoing, 'limits'>) =>
  t
    .selectFrom('reviews')
    .select(['id', 'example', 'decision', 'before'])
    .where('batch', '=', change)
    .where('dataset', '=', dataset)
    .where('by', '=', by)
    .where('state', 'in', ['waiting', 'done'])
    .where('id', '<', before)
    .orderBy('id', 'desc')
    .limit(BATCH)
    .execute()

async function settle(t: Transaction<Schema>, reviews: Review[], state: 'undone' | 'superseded'): Promise<void> {
  for (const some of chunks(reviews.map((review) => review.id)))
    await t.updateTable('reviews').set({ state }).where('id', 'in', some).execute()
}

type Columns = { label: number; state: LivingState; vouched: number }

/** Makes the examples of decisions again what they were. */
class Takeback {
  private readonly t: Transaction<Schema>
  private readonly dataset: number
  private readonly change: string
  /** Ids of labels, by those that they had. */
  private readonly labels = new Map<number, number>()
  /** Where the pictures are, by picture. */
  private places = new Map<number, ExampleRow[]>()

  constructor(t: Transaction<Schema>, dataset: number, change: string) {
    this.t = t
    this.dataset = dataset
    this.change = change
  }

  async takeBack(reviews: Review[]): Promise<{ undone: Review[]; left: Review[] }> {
    const rows = await readExampleRows(
      this.t,
      this.dataset,
      reviews.map((review) => review.example),
    )
    this.places = await findPlaces(
      this.t,
      [...rows.values()].map((row) => row.picture),
    )
    const newer = await this.readNewer(reviews)
    const outcome: { undone: Review[]; left: Review[] } = { undone: [], left: [] }
    const columns = new Map<number, Columns>()
    for (const review of reviews) {
      const row = rows.get(review.example)
      const before = ExampleBefore.parse(JSON.parse(review.before ?? ''))
      const isAsDecided = row && isUnchanged(review.decision, before, row) && (newer.get(row.id) ?? 0) < review.id
      const label = isAsDecided ? await this.labelBefore(row, review, before) : undefined
      outcome[label === undefined ? 'left' : 'undone'].push(review)
      if (!row || label === undefined) continue
      const was = { label, state: before.state, vouched: before.vouched }
      columns.set(row.id, was)
      // The same example may have been decided about twice.
      rows.set(row.id, { ...row, ...was, labelId: label, label: before.label })
    }
    await this.write(columns)
    return outcome
  }

  /** The last decision about each example that was made apart from these. */
  private async readNewer(reviews: Review[]): Promise<Map<number, number>> {
    if (reviews.length === 0) return new Map()
    const found = await this.t
      .selectFrom('reviews')
      .select(['example', (e) => e.fn.max('id').as('id')])
      .where('example', 'in', [...new Set(reviews.map((review) => review.example))])
      .where('state', '=', 'done')
      .where(sql<boolean>`batch is distinct from ${this.change}`)
      .groupBy('example')
      .execute()
    return new Map(found.map(({ example, id }) => [example, id]))
  }

  /** The id of the label that an example had; undefined where that has the picture again by now. */
  private async labelBefore(row: ExampleRow, review: Review, before: ExampleBefore): Promise<number | undefined> {
    const had = before.labelId
    if (review.decision !== 'move' || had === undefined || before.after?.labelId === had) return row.labelId
    const label = this.labels.get(had) ?? (await this.revive(had, before))
    const same = this.places.get(row.picture)?.find((place) => place.labelId === label)
    return same && same.id !== row.id ? undefined : label
  }

  private async revive(id: number, before: ExampleBefore): Promise<number> {
    const label = await reviveLabel(this.t, this.dataset, { id, label: parseLabel(before.label) })
    this.labels.set(id, label)
    return label
  }

  private async write(columns: Map<number, Columns>): Promise<void> {
    const alike = Map.groupBy(columns, ([, { label, state, vouched }]) => `${label} ${state} ${vouched}`)
    for (const some of alike.values()) {
      const [first] = some
      const ids = some.map(([example]) => example)
      if (first) await this.t.updateTable('examples').set(first[1]).where('id', 'in', ids).execute()
    }
    await deleteEmptyLabels(this.t, this.dataset)
  }
}
