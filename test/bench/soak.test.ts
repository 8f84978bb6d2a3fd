// What the soak looks for, it finds: a database that contradicts what people were told.
import assert from 'node:assert/strict'
import { join } from 'node:path'
import { test } from 'node:test'
import SQLite from 'better-sqlite3'
import type { Soak } from '../../bench/soak/ask.ts'
import { inspect } from '../../bench/soak/inspect.ts'
import { Ledger, type Span } from '../../bench/soak/ledger.ts'
import { claimMessage, finishMessage } from '../../src/db/messages.ts'
import { addNew, makeDatabase, openMain } from '../support/database.ts'

const done = (start: number): Span => ({ start, end: start + 1, outcome: 'done' })

async function makeSoak() {
  const { db, home } = await makeDatabase()
  const dataset = await openMain(db)
  const ledger = new Ledger()
  const add = (file: string) => {
    const [picture] = ledger.add([{ file, server: '', by: 'ann', label: 'cat' }], done(1))
    assert.ok(picture)
    return picture
  }
  const store = (file: string) => addNew(db, dataset, { label: 'cat', pixels: file, file })
  const post = async (id: string) => {
    await claimMessage(db, { id, server: '', channel: 'c', work: '{}' })
    await finishMessage(db, id)
  }
  const soak = { bot: { home }, ledger, problems: [], servers: [], posts: [], answers: new Map() }
  const look = (posts: Record<string, string[]> = {}, outcomes: Record<string, string> = {}): string[] => {
    const all = Object.entries(posts)
    const given = all.map(([id, answers]): [string, Set<string>] => [id, new Set(answers)])
    const asked = all.map(([id]) => ({ id, isWatched: id.startsWith('watched') }))
    const said = new Map(Object.entries(outcomes))
    const inspected = { ...soak, problems: [], posts: asked, answers: new Map(given), outcomes: said }
    inspect(inspected as unknown as Soak)
    return inspected.problems.map((problem: string) => problem.replace(/:.*/, ''))
  }
  return { home, ledger, add, store, post, look }
}

test('a database that agrees with everything that was said is left alone', async () => {
  const { ledger, add, store, post, look } = await makeSoak()
  await store('there.png')
  add('there.png')
  add('gone.png').deletions.push(done(3))
  // Its addition was never acknowledged, and a deletion of the other may have been carried out.
  add('perhaps.png').added.outcome = 'unknown'
  add('deleted perhaps.png').deletions.push({ ...done(3), outcome: 'unknown' })
  ledger.deleteLabel('', 'dog', done(5))
  await post('answered')
  assert.deepEqual(look({ answered: ['one'], 'not received': [] }), [])
})

test('what was lost, what came back, and what is not as it was decided is found', async () => {
  const { add, store, look } = await makeSoak()
  await store('back.png')
  await store('decided.png')
  await store('nobody.png')
  add('lost.png')
  add('back.png').deletions.push(done(3))
  add('decided.png').decisions.push({ ...done(3), decision: 'exclude' })
  assert.deepEqual(look(), ['lost', 'came back', 'is kept', 'nobody added nobody.png'])
})

test('posts that were answered twice, not at all, or without having come are found', async () => {
  const { post, look } = await makeSoak()
  await post('twice')
  await post('never')
  assert.deepEqual(look({ twice: ['one', 'other'], never: [], unseen: ['one'] }), [
    '2 answers to a post twice',
    '0 answers to a post never',
    '1 answers to no post unseen',
  ])
})

test('a watched post may stay unanswered where the log says why; whoever asked by name is answered', async () => {
  const { post, look } = await makeSoak()
  const ids = ['watched untrained', 'watched unknown', 'watched without a word', 'named']
  for (const id of ids) await post(id)
  const unanswered = Object.fromEntries(ids.map((id) => [id, []]))
  const outcomes = {
    'watched untrained': 'predict.not-trained',
    'watched unknown': 'unknown',
    named: 'predict.not-trained',
  }
  assert.deepEqual(look(unanswered, outcomes), [
    '0 answers to a post watched without a word',
    '0 answers to a post named',
  ])
})

test('rows without their owner are found', async () => {
  const { home, add, store, look } = await makeSoak()
  await store('there.png')
  add('there.png')
  const database = new SQLite(join(home, 'mekiki.sqlite'))
  database.pragma('foreign_keys = off')
  database.exec("insert into labels (dataset, name, key) values (999, 'dog', 'DOG')")
  database.exec('delete from features')
  database.close()
  assert.deepEqual(look(), ['orphan', '1 pictures without features', '1 labels without an example'])
})
