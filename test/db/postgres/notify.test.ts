// Processes tell each other through the database, also after a connection was lost.
import assert from 'node:assert/strict'
import { EventEmitter, once } from 'node:events'
import { after, test } from 'node:test'
import { sql } from '../../../src/db/kysely.ts'
import { listen, openPostgres } from '../../../src/db/postgres/connection.ts'
import { notify } from '../../../src/db/postgres/notify.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'

const options = { skip: skipWithoutPostgres }

async function openTwo() {
  const url = await postgresUrl()
  const [one, other] = [await openPostgres(url), await openPostgres(url)]
  after(() => Promise.all([one.destroy(), other.destroy()]))
  return { one, other }
}

test('what a process tells, the others hear; in a transaction once it is committed', options, async () => {
  const { one, other } = await openTwo()
  const heard: string[] = []
  const news = new EventEmitter()
  await listen(other, 'Changes "here"', (payload) => {
    heard.push(payload)
    news.emit('heard')
  })
  const next = once(news, 'heard')
  await assert.rejects(
    one.transaction().execute(async (t) => {
      await notify(t, 'Changes "here"', 'never')
      throw new Error('made up')
    }),
    /made up/,
  )
  await notify(one, 'elsewhere', 'no')
  await notify(one, 'Changes "here"', 'yes')
  await next
  assert.deepEqual(heard, ['yes'])
})

test('who no longer listens is not called', options, async () => {
  const { one, other } = await openTwo()
  const heard: string[] = []
  const news = new EventEmitter()
  const end = await listen(other, 'changes', (payload) => heard.push(payload))
  await listen(other, 'changes', () => news.emit('heard'))
  end()
  const next = once(news, 'heard')
  await notify(one, 'changes', 'yes')
  await next
  assert.deepEqual(heard, [])
})

test('a connection that was lost is made again, with all its channels', options, async () => {
  const { one, other } = await openTwo()
  const news = new EventEmitter()
  for (const channel of ['a', 'b']) await listen(other, channel, (payload) => news.emit('heard', channel, payload))
  const ended = await sql`select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and query like 'listen%'`.execute(one)
  assert.equal(ended.rows.length, 1)
  const next = once(news, 'heard')
  // Said again until it is heard: what is said while nobody is there is lost.
  const again = setInterval(() => void notify(one, 'b', 'yes'), 20)
  try {
    assert.deepEqual(await next, ['b', 'yes'])
  } finally {
    clearInterval(again)
  }
})

test('what is too long to be told is refused', options, async () => {
  const { one } = await openTwo()
  await assert.rejects(notify(one, 'changes', '目'.repeat(2_667)), /Expected at most 7999 bytes .*, received 8001/)
})
