import type { Database } from './connection.ts'
import { sql } from './kysely.ts'
import { ANSWER_BYTES, NO_ANSWER, SCORE_BYTES } from './surveys.ts'

/**
 * What the last training found out about each example, ascending by id. `scores`: how suspect it is, 0 to 1. `answers`: as
 * which label heads that did not see it recognized it, by the label's id; 0: not measured. Null: it was not kept.
 */
export type ExampleScores = { examples: Uint32Array; scores: Float32Array; answers: Uint32Array | null }

/** Another one where another training has looked. Undefined: none has. From the row's header alone. */
export async function readScoresMark(db: Database, dataset: number): Promise<string | undefined> {
  const row = await db
    .selectFrom('surveys')
    .innerJoin('datasets', 'datasets.id', 'surveys.dataset')
    .select([sql<number>`length(scores)`.as('bytes'), 'last_version as version'])
    .where('surveys.dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  return row && `${row.version} ${row.bytes}`
}

export async function readExampleScores(db: Database, dataset: number): Promise<ExampleScores> {
  const row = await db
    .selectFrom('surveys')
    .select(['scores', 'answers', 'answer_labels'])
    .where('dataset', '=', dataset)
    .limit(1)
    .executeTakeFirst()
  if (!row) return { examples: new Uint32Array(), scores: new Float32Array(), answers: null }
  const n = Math.floor(row.scores.length / SCORE_BYTES)
  const found: ExampleScores = {
    examples: new Uint32Array(n),
    scores: new Float32Array(n),
    answers: row.answers?.length === ANSWER_BYTES * n ? readAnswers(row.answers, row.answer_labels) : null,
  }
  for (let i = 0; i < n; i++) {
    found.examples[i] = row.scores.readUInt32LE(SCORE_BYTES * i)
    found.scores[i] = row.scores.readFloatLE(SCORE_BYTES * i + 4)
  }
  return isAscending(found.examples) ? found : sorted(found)
}

function readAnswers(answers: Buffer, json: string | null): Uint32Array {
  const labels: number[] = JSON.parse(json ?? '[]')
  const ids = new Uint32Array(answers.length / ANSWER_BYTES)
  for (let i = 0; i < ids.length; i++) {
    const answer = answers.readUInt16LE(ANSWER_BYTES * i)
    ids[i] = answer === NO_ANSWER ? 0 : (labels[answer] ?? 0)
  }
  return ids
}

const isAscending = (ids: Uint32Array): boolean => ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? 0))

/** Trainings read examples in order of id; who knows of all that ever landed. */
function sorted({ examples, scores, answers }: ExampleScores): ExampleScores {
  const order = [...examples.keys()].sort((a, b) => (examples[a] ?? 0) - (examples[b] ?? 0))
  return {
    examples: Uint32Array.from(order, (i) => examples[i] ?? 0),
    scores: Float32Array.from(order, (i) => scores[i] ?? 0),
    answers: answers && Uint32Array.from(order, (i) => answers[i] ?? 0),
  }
}
