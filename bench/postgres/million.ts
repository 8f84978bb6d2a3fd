// What one server does in a PostgreSQL where others have a million examples. Prints JSON; null where MEKIKI_TEST_POSTGRES names no server.
import type { Database } from '../../src/db/connection.ts'
import { removeExample, removeExamples } from '../../src/db/examples.ts'
import { picturesWithout } from '../../src/db/features.ts'
import { countLabels } from '../../src/db/labels.ts'
import { openPostgres } from '../../src/db/postgres/connection.ts'
import { parseLabel } from '../../src/label.ts'
import { add } from '../../test/support/database.ts'
import { onServer, skipWithoutPostgres, urlOf } from '../../test/support/postgres.ts'
import { BACKBONE, fillTown, type Town } from './fill.ts'

const TOWN: Town = { datasets: 500, pictures: 2_000, labels: 20 }
/** Times that each is done; the median and the longest count. */
const TIMES = 25
/** Examples that are removed at once. */
const MANY = 50
const NAME = `mekiki_bench_${process.pid}`

type Row = { what: string; median: number; longest: number }
type MillionFigures = { examples: number; pictures: number; rows: Row[] }

/** @param town smaller for a look at the bench itself */
export async function measureMillion(town = TOWN): Promise<MillionFigures | null> {
  if (skipWithoutPostgres) return null
  await onServer((client) => client.query(`create database ${NAME} template template0 encoding 'UTF8'`))
  const db = await openPostgres(urlOf(NAME))
  try {
    await fillTown(db, town)
    return { examples: town.datasets * town.pictures, pictures: town.pictures, rows: await measureAll(db, town) }
  } finally {
    await db.destroy()
    await onServer((client) => client.query(`drop database ${NAME} with (force)`))
  }
}

async function measureAll(db: Database, town: Town): Promise<Row[]> {
  const dataset = Math.ceil(town.datasets / 2)
  const manager = { by: 'max', as: 'manager' as const }
  const label = parseLabel(`label ${town.labels * (dataset - 1) + 1}`)
  const ids = await db
    .selectFrom('examples')
    .innerJoin('labels', 'labels.id', 'examples.label')
    .select(['examples.id', 'picture'])
    .where('labels.dataset', '=', dataset)
    .where('labels.key', '=', label.key)
    .execute()
  if (ids.length <= TIMES + MANY)
    throw new Error(`Expected more than ${TIMES + MANY} examples of a label, found ${ids.length}`)
  const rows: Row[] = []
  const measure = async (what: string, work: (time: number) => Promise<unknown>, times = TIMES): Promise<void> => {
    rows.push({ what, ...(await timed(work, times)) })
  }
  await measure('add one', (i) => add(db, dataset, { label: label.name, pixels: `new ${i}` }))
  await measure('features missing: none', () => picturesWithout(db, dataset, BACKBONE))
  await measure('features missing: all, under another backbone', () => picturesWithout(db, dataset, 'other@1'))
  await measure('labels with their numbers', () => countLabels(db, dataset))
  await measure('remove one', (i) => removeExample(db, dataset, { label, picture: ids[i]?.picture ?? 0, ...manager }))
  const rest = ids.slice(TIMES)
  await measure(
    `remove ${MANY}`,
    (i) =>
      removeExamples(db, dataset, {
        label,
        examples: rest.slice(i * MANY, (i + 1) * MANY).map(({ id }) => id),
        ...manager,
      }),
    1,
  )
  return rows
}

async function timed(work: (time: number) => Promise<unknown>, times: number): Promise<Omit<Row, 'what'>> {
  const all: number[] = []
  for (let i = 0; i < times; i++) {
    const start = performance.now()
    await work(i)
    all.push(performance.now() - start)
  }
  all.sort((a, b) => a - b)
  return { median: all[Math.floor(times / 2)] ?? 0, longest: all.at(-1) ?? 0 }
}

if (import.meta.main) process.stdout.write(JSON.stringify(await measureMillion()))
