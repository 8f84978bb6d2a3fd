// What people were told of their pictures, and what must therefore be in the database afterwards.

/** `unknown`: the bot was killed, or did not answer: it may have been done. */
type Outcome = 'done' | 'refused' | 'unknown'
/** When it was asked for and when it had an answer, on the clock of `performance.now()`. */
export type Span = { start: number; end: number; outcome: Outcome }

export type Picture = {
  /** The name of its file, which no other has. */
  file: string
  server: string
  by: string
  /** What its label may be called now: more than one where that is not known. */
  labels: Set<string>
  added: Span
  deletions: Span[]
  /** What reviewers decided about it, in the order in which it was asked for. */
  decisions: (Span & { decision: 'keep' | 'exclude' | 'move' | 'undo' })[]
}

/** All pictures that somebody added to a server are withdrawn, or put back. */
type Withdrawal = Span & { server: string; by: string; isWithdrawn: boolean }

type Expected = 'there' | 'gone' | 'either'
export type State = 'kept' | 'excluded' | 'withdrawn'

export class Ledger {
  readonly pictures = new Map<string, Picture>()
  readonly withdrawals: Withdrawal[] = []

  /** What was asked to be added, as soon as it was asked. `span` is completed by the answer. */
  add(pictures: { file: string; server: string; by: string; label: string }[], span: Span): Picture[] {
    return pictures.map(({ label, ...about }) => {
      const picture: Picture = { ...about, labels: new Set([label]), added: span, deletions: [], decisions: [] }
      this.pictures.set(picture.file, picture)
      return picture
    })
  }

  in(server: string): Picture[] {
    return [...this.pictures.values()].filter((p) => p.server === server)
  }

  /** A label was deleted, or may have been. */
  deleteLabel(server: string, label: string, span: Span): void {
    if (span.outcome === 'refused') return
    for (const picture of this.in(server)) {
      if (!picture.labels.has(label) || picture.added.start > span.end) continue
      const isCertain = picture.labels.size === 1 && isBefore(picture.added, span)
      picture.deletions.push(isCertain ? span : { ...span, outcome: 'unknown' })
    }
  }

  /** A label was renamed, or may have been. */
  renameLabel(server: string, { from, to }: { from: string; to: string }, span: Span): void {
    if (span.outcome === 'refused') return
    for (const picture of this.in(server)) {
      if (!picture.labels.has(from) || picture.added.start > span.end) continue
      picture.labels.add(to)
      if (span.outcome === 'done' && isBefore(picture.added, span)) picture.labels.delete(from)
    }
  }

  /** Everything of a person was deleted, or may have been. */
  forgetPerson(server: string, by: string, span: Span): void {
    if (span.outcome === 'refused') return
    for (const picture of this.in(server))
      if (picture.by === by && picture.added.start < span.end) picture.deletions.push(span)
  }

  expected({ added, deletions }: Picture): Expected {
    if (deletions.some((d) => d.outcome === 'done' && isBefore(added, d))) return 'gone'
    if (added.outcome === 'refused') return 'gone'
    return added.outcome === 'done' && deletions.every((d) => d.outcome === 'refused') ? 'there' : 'either'
  }

  /** States in which a picture that is there may be. */
  possibleStates(picture: Picture): State[] {
    const decisions = picture.decisions.filter((d) => d.outcome !== 'refused')
    const last = lastCertain(decisions)
    const withdrawals = this.withdrawals.filter(
      (w) =>
        w.server === picture.server && w.by === picture.by && w.outcome !== 'refused' && w.end > picture.added.start,
    )
    const lastWithdrawal = lastCertain(withdrawals.filter((w) => isBefore(picture.added, w)))
    const states: State[] = ['kept', 'excluded', 'withdrawn']
    return states.filter((state) => {
      if (state === 'withdrawn') return withdrawals.some((w) => w.isWithdrawn) && lastWithdrawal?.isWithdrawn !== false
      if (state === 'kept' && lastWithdrawal?.isWithdrawn === true) return false
      if (state === 'kept') return last?.decision !== 'exclude'
      return decisions.some((d) => d.decision !== 'keep') && last?.decision !== 'keep'
    })
  }
}

/** Whether one was answered before the other was asked for. */
const isBefore = (one: Span, other: Span): boolean => one.end < other.start

/** The last of them, if it was done and began after all others had ended. */
function lastCertain<T extends Span>(spans: T[]): T | undefined {
  const last = spans.at(-1)
  if (last?.outcome !== 'done') return undefined
  return spans.every((s) => s === last || isBefore(s, last)) ? last : undefined
}
