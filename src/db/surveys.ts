import type { Transaction } from 'kysely'
import { chunks } from './chunks.ts'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'
import { IssueSummary, type IssueSurvey, type LabelIssue } from './label-issues.ts'
import type { Schema } from './schema.ts'

/** A score as bytes: example (uint32) and score (float32), little-endian. */
export const SCORE_BYTES = 8
/** An answer as bytes: the class (uint16), little-endian; `NO_ANSWER`: not measured. A dataset has fewer labels. */
export const [ANSWER_BYTES, NO_ANSWER] = [2, 0xffff]

/** Replaces what the training before found. Examples that were deleted meanwhile are left out. */
export async function writeIssues(t: Transaction<Schema>, dataset: number, survey: IssueSurvey): Promise<void> {
  const { answers } = survey
  const values = {
    scores: packScores(survey.scores),
    summary: JSON.stringify(survey.summary),
    answers: answers ? packAnswers(answers.classes) : null,
    answer_labels: answers ? JSON.stringify(answers.labels) : null,
  }
  await t
    .insertInto('surveys')
    .values({ dataset, ...values })
    .onConflict((c) => c.column('dataset').doUpdateSet(values))
    .execute()

  await t.deleteFrom('suspicions').where('dataset', '=', dataset).execute()
  for (const some of chunks(survey.suspicions)) {
    const ids = some.map((issue) => issue.example)
    const query = t
      .selectFrom('examples')
      .innerJoin('labels', 'labels.id', 'examples.label')
      .select('examples.id')
      .where('examples.id', 'in', ids)
      .where('labels.dataset', '=', dataset)
    // They stay until this is written.
    const existing = await (isPostgres(t) ? query.forKeyShare('examples') : query).execute()
    const there = new Set(existing.map((row) => row.id))
    const rows = some.filter((issue) => there.has(issue.example)).map((issue) => toRow(dataset, issue))
    if (rows.length > 0) await t.insertInto('suspicions').values(rows).execute()
  }
}

const toRow = (dataset: number, { example, score, suggested, reasons, leftOut }: LabelIssue) => ({
  dataset,
  example,
  score,
  suggested,
  reasons: JSON.stringify(reasons),
  left_out: Number(leftOut),
})

/** What the last training found; undefined where none has looked. */
export async function readIssueSummary(db: Database, dataset: number): Promise<IssueSummary | undefined> {
  const row = await db
    .selectFrom('surveys')
    .select('summary')
    .where('dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  return row && IssueSummary.parse(JSON.parse(row.summary))
}

/** How suspect the last training held each example, from 0 to 1, by example; empty where none has looked. */
export async function readScores(db: Database, dataset: number): Promise<Map<number, number>> {
  const row = await db.selectFrom('surveys').select('scores').where('dataset', '=', dataset).limit(1).executeTakeFirst()
  const scores = new Map<number, number>()
  if (!row) return scores
  for (let at = 0; at < row.scores.length; at += SCORE_BYTES)
    scores.set(row.scores.readUInt32LE(at), row.scores.readFloatLE(at + 4))
  return scores
}

function packScores(scores: IssueSurvey['scores']): Buffer {
  const bytes = Buffer.alloc(SCORE_BYTES * scores.length)
  scores.forEach(({ example, score }, i) => {
    bytes.writeUInt32LE(example, SCORE_BYTES * i)
    bytes.writeFloatLE(score, SCORE_BYTES * i + 4)
  })
  return bytes
}

function packAnswers(classes: ArrayLike<number>): Buffer {
  const bytes = Buffer.alloc(ANSWER_BYTES * classes.length)
  for (let i = 0; i < classes.length; i++) {
    const answer = classes[i] ?? -1
    bytes.writeUInt16LE(answer < 0 || answer >= NO_ANSWER ? NO_ANSWER : answer, ANSWER_BYTES * i)
  }
  return bytes
}
