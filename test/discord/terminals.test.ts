// A bot that serves and two terminals change one dataset at the same moment.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { setTimeout as sleep } from 'node:timers/promises'
import SQLite from 'better-sqlite3'
import { draw } from '../../demo/characters.ts'
import { openWorld, type World } from '../support/discord/world.ts'
import { MAIN } from '../support/mekiki.ts'
import { holdWrites } from '../support/processes.ts'

/** Until a terminal wants to write: less, and the test sees less, but does not fail. */
const BEGIN_MS = 4_000
const EACH = 6

let world: World
before(async () => {
  world = await openWorld()
  await world.start()
  await world.runTrainingJob(world.people.teacher, ['Akari', 'Botan'], EACH)
})
after(async () => assert.deepEqual(await world.close(), []))

type Ended = { status: number; lines: Record<string, unknown>[]; err: string }

/** A terminal in this server's dataset. */
function terminal(...args: string[]): Promise<Ended> {
  const env = { ...process.env, MEKIKI_HOME: world.home }
  const all = [MAIN, ...args, '--server', world.guild.id, '--json']
  return new Promise((resolve) =>
    execFile(process.execPath, all, { env, cwd: world.root }, (error, out, err) => {
      const lines = out.split('\n').filter(Boolean)
      resolve({ status: Number(error?.code ?? 0), lines: lines.map((line) => JSON.parse(line)), err })
    }),
  )
}

/** All begin while nobody can write, and then write at once. */
async function together<T extends readonly (() => Promise<unknown>)[]>(
  ...work: T
): Promise<{ -readonly [I in keyof T]: Awaited<ReturnType<T[I]>> }> {
  const release = holdWrites(world.home)
  const all = work.map((begin) => begin())
  await sleep(BEGIN_MS)
  release()
  return Promise.all(all) as never
}

function read<Row>(query: string, ...values: string[]): Row[] {
  const database = new SQLite(join(world.home, 'mekiki.sqlite'), { readonly: true })
  try {
    assert.deepEqual(database.pragma('foreign_key_check'), [])
    return database.prepare(query).all(...values) as Row[]
  } finally {
    database.close()
  }
}

const EXAMPLES =
  'select examples.id, file, state, filed_by as by, labels.name as label from examples join labels on labels.id = label'
type Example = { id: number; file: string; state: string; by: string; label: string }

test('a label is renamed while pictures are added to it: all are there, under one name or the other', async () => {
  const { stand, people, pictures, root } = world
  const uploads = await pictures('Akari', 20, 23)
  const files = await Promise.all([30, 31, 32].map((k) => draw(join(root, 'own'), 'Akari', k)))
  const [added, own, renamed] = await together(
    () => stand.textOf(stand.command(people.teacher, 'label', { label: 'Akari' }, uploads), /Added/),
    () => terminal('label', 'Akari', ...files),
    () => terminal('labels', 'rename', 'Akari', 'Akane'),
  )
  assert.match(added, /Added 3 pictures/)
  assert.deepEqual([own.status, renamed.status], [0, 0], own.err + renamed.err)
  assert.equal(own.lines[0]?.added, 3)
  const examples = read<Example>(EXAMPLES).filter((e) => e.label !== 'Botan')
  assert.equal(examples.length, EACH + 6)
  assert.ok(examples.every((e) => ['Akari', 'Akane'].includes(e.label)))
  // What was there before the renaming has the new name.
  const before = examples.filter((e) => /^Akari-[0-5]\./.test(e.file))
  assert.deepEqual([before.length, ...new Set(before.map((e) => e.label))], [EACH, 'Akane'])
  assert.deepEqual(read('select id from labels where id not in (select label from examples)'), [])
})

test('pictures are excluded while all of their teacher’s are withdrawn: one comes before the other, whole', async () => {
  const { people } = world
  const teacher = people.teacher.user.id
  const ids = read<Example>(`${EXAMPLES} where filed_by = ? and labels.name = 'Botan'`, teacher).map((e) => `${e.id}`)
  assert.equal(ids.length, EACH)
  const [excluded, withdrawn] = await together(
    () => terminal('exclude', ...ids),
    () => terminal('withdraw', teacher, '--yes'),
  )
  assert.equal(withdrawn.status, 0, withdrawn.err)
  const states = read<Example>(`${EXAMPLES} where filed_by = ?`, teacher)
  const ofBotan = new Set(states.filter((e) => e.label === 'Botan').map((e) => e.state))
  const ofOthers = new Set(states.filter((e) => e.label !== 'Botan').map((e) => e.state))
  assert.deepEqual([...ofOthers], ['withdrawn'])
  if (excluded.status === 0) assert.deepEqual([excluded.lines[0]?.done, ...ofBotan], [EACH, 'excluded'])
  else {
    assert.match(excluded.err, /review\.withdrawn/)
    assert.deepEqual([...ofBotan], ['withdrawn'])
  }
  assert.equal(read("select id from reviews where state = 'done'").length, excluded.status === 0 ? EACH : 0)
})
