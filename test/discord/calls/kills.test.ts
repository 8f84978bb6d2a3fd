// Processes that die in the middle, sessions that receive the same, and a database that stalls: each call is answered once, or refused.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { Client } from 'pg'
import { type Cluster, openCluster, type Served } from '../../support/cluster.ts'
import type { Attachment } from '../../support/discord/entities.ts'
import { startShortLease } from '../../support/inference.ts'
import { skipWithoutPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const skip = skipWithoutPostgres
const LEASE_MS = 1_500
/** Tries in more time than it takes until a call that nobody answers is taken again. */
const REFUSALS = 10

let cluster: Cluster
let gateway: Served
before(async () => {
  if (skip) return
  cluster = await openCluster()
  gateway = await cluster.start('gateway')
  await cluster.stand.untilShown(cluster.people.teacher, 'label')
})
after(async () => {
  if (!skip) assert.deepEqual(await cluster.close(), [])
})

/** The same picture from a server that takes a while. */
async function slowPicture(name: string, k: number): Promise<Attachment> {
  const [picture] = await cluster.pictures(name, k, k + 1)
  const bytes = new Uint8Array(await (await fetch(picture!.url)).arrayBuffer())
  return cluster.stand.keep(picture!.filename, bytes, 'slow')
}

/** Waits until the database says so of the calls. */
async function untilCalls(where: string, what: string): Promise<void> {
  let all: unknown[] = []
  await until(
    async () => {
      all = await cluster.query('select * from calls')
      return (await cluster.query(`select 1 from calls where ${where}`)).length > 0
    },
    () => `${what}: ${JSON.stringify(all)}`,
  )
}

test('what a process had begun is answered by another one, once, and what it had added counts', { skip }, async () => {
  const { stand, people, pictures, query } = cluster
  const countExamples = async () => Number((await query<{ n: string }>('select count(*) as n from examples'))[0]?.n)
  const first = await startShortLease(cluster, LEASE_MS)
  const added = stand.command(people.teacher, 'label', { label: 'cat' }, [
    ...(await pictures('cat', 0, 8)),
    await slowPicture('cat', 8),
  ])
  // It writes eight at a time.
  let found = 0
  await until(
    async () => {
      found = await countExamples()
      return found === 8
    },
    () => `${found} were added`,
  )
  await first.stop('SIGKILL')
  const second = await startShortLease(cluster, LEASE_MS)
  assert.match(await stand.textOf(added, /Added/), /Added 9/)
  assert.equal(added.followUps.length, 0)
  assert.equal(await countExamples(), 9)
  await second.stop()
})

test(
  'a post is answered once, too, and a process that is told to stop finishes what it has begun',
  { skip },
  async () => {
    const { stand, people } = cluster
    const first = await startShortLease(cluster, LEASE_MS)
    const training = await cluster.start('training')
    await cluster.runTrainingJob(people.manager, ['fox', 'bear'])
    await training.stop()
    const posted = stand.post(people.member, `<@${stand.bot.id}>`, [await slowPicture('fox', 5)])
    await untilCalls(`lease_owner is not null and kind = 'message'`, 'nobody took it')
    await first.stop('SIGKILL')
    const second = await startShortLease(cluster, LEASE_MS)
    await stand.replyTo(posted)
    const finished = stand.post(people.member, `<@${stand.bot.id}>`, [await slowPicture('fox', 6)])
    await untilCalls(`lease_owner is not null and id = '${finished.id}'`, 'nobody took it')
    assert.equal(await second.stop(), 0)
    await stand.replyTo(finished)
    for (const { id } of [posted, finished])
      assert.equal(
        stand.said.filter((m) => (m.message_reference as { message_id?: string })?.message_id === id).length,
        1,
      )
  },
)

test('what was answered while the database did not take that it is done is not answered again', { skip }, async () => {
  const { stand, people, pictures, query } = cluster
  const inference = await startShortLease(cluster, LEASE_MS)
  await query('create sequence refusals')
  await query(`create function refuse_end() returns trigger language plpgsql as $$
    begin perform nextval('refusals'); raise exception 'not now'; end $$`)
  await query(`create trigger refuse_end before update on calls for each row
    when (new.state = 'done') execute function refuse_end()`)
  const asked = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 20, 21))
  await stand.textOf(asked, /Added 1/)
  const { edits } = asked
  let refusals = 0
  await until(
    async () => {
      const [row] = await query<{ n: string }>('select last_value as n from refusals')
      refusals = Number(row?.n)
      return refusals >= REFUSALS
    },
    () => `${refusals} refusals`,
  )
  await query('drop function refuse_end cascade')
  await untilCalls(`state = 'done' and id = '${asked.id}' and lapses = 0`, 'it is not done')
  assert.deepEqual([asked.edits, asked.followUps.length], [edits, 0])
  assert.match(asked.message?.text ?? '', /Added 1/)
  await inference.stop()
})

test('what was added before the database was away counts in the answer', { skip }, async () => {
  const { stand, people, pictures, query } = cluster
  const inference = await startShortLease(cluster, LEASE_MS)
  await query('create sequence deliveries')
  // The first try is as where the connection ends, right before the answer.
  await query(`create function lose_first() returns trigger language plpgsql as $$ begin
    if nextval('deliveries') = 1 then raise exception 'lost' using errcode = '57P01'; end if; return new; end $$`)
  await query(`create trigger lose_first before update on calls for each row
    when (old.delivered = 0 and new.delivered = 1) execute function lose_first()`)
  const asked = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 22, 23))
  assert.match(await stand.textOf(asked, /Added|already/), /Added 1/)
  await untilCalls(`state = 'done' and id = '${asked.id}' and begun = 1`, 'it was not begun twice')
  await query('drop function lose_first cascade')
  await inference.stop()
})

test('an answer to a post that was deleted meanwhile is not sent', { skip }, async () => {
  const { stand, people } = cluster
  const inference = await startShortLease(cluster, LEASE_MS)
  const posted = stand.post(people.member, `<@${stand.bot.id}>`, [await slowPicture('fox', 7)])
  await untilCalls(`lease_owner is not null and id = '${posted.id}'`, 'nobody took it')
  stand.remove(posted)
  await untilCalls(`state = 'done' and id = '${posted.id}'`, 'it is not done')
  assert.ok(!stand.said.some((m) => (m.message_reference as { message_id?: string })?.message_id === posted.id))
  await inference.stop()
})

test('where the database stalls, the person is told to try again, alone, and nothing is done', { skip }, async () => {
  const { stand, people, pictures, url } = cluster
  const files = await pictures('cat', 60, 61)
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query('begin; lock table calls in access exclusive mode')
  const asked = stand.command(people.teacher, 'label', { label: 'never' }, files)
  const told = await stand.answerTo(asked)
  assert.equal(told.type, 4)
  assert.match(told.message!.text, /busy/)
  assert.equal(told.message!.flags & 64, 64)
  // What is typed needs nothing written down.
  const suggested = await stand.answerTo(stand.suggest(people.teacher, 'label', 'label', 'c'))
  assert.equal(suggested.type, 8)
  await client.query('rollback')
  await client.end()
  const inference = await startShortLease(cluster, LEASE_MS)
  const next = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 61, 62))
  assert.match(await stand.textOf(next, /Added/), /Added 1/)
  assert.equal(asked.edits, 0)
  assert.deepEqual(await cluster.query("select 1 from labels where name = 'never'"), [])
  await inference.stop()
})

test(
  'a gateway that dies after it wrote a call down loses nothing, and what comes twice is answered once',
  { skip },
  async () => {
    const { stand, people, pictures } = cluster
    const posted = stand.post(people.member, `<@${stand.bot.id}>`, await pictures('cat', 40, 41))
    const asked = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 41, 43))
    await untilCalls(`id = '${posted.id}' and state = 'open'`, 'it is not written down')
    await untilCalls(`id = '${asked.id}' and state = 'open'`, 'it is not written down')
    await until(
      () => asked.type !== undefined,
      () => 'not acknowledged',
    )
    for (const event of ['MESSAGE_CREATE', 'INTERACTION_CREATE']) stand.gateway.again(event)
    await gateway.kill()
    await until(
      () => !stand.gateway.isConnected,
      () => 'still connected',
    )
    const inference = await startShortLease(cluster, LEASE_MS)
    await stand.replyTo(posted)
    assert.match(await stand.textOf(asked, /Added/), /Added 2/)
    assert.equal(
      stand.said.filter((m) => (m.message_reference as { message_id?: string })?.message_id === posted.id).length,
      1,
    )
    await inference.stop()
  },
)
