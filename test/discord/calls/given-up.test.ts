// What ends every process that answers it is given up: whoever asked is told, once, and so is whoever posted.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, openCluster } from '../../support/cluster.ts'
import type { Attachment } from '../../support/discord/entities.ts'
import { startShortLease } from '../../support/inference.ts'
import { skipWithoutPostgres } from '../../support/postgres.ts'
import { until } from '../../support/until.ts'

const skip = skipWithoutPostgres
/** Longer than a process that lives may be held up by other tests; of one that is dead the test ends it. */
const LEASE_MS = 30_000
/** In which a connection of a dead process ends. */
const GONE_WITHIN_MS = 10_000
/** Processes that die of one call, and those that do so here. */
const [DEATHS, REAL_DEATHS] = [10, 2]
/** Long enough that something sent twice is seen. */
const LOOKS = 20

let cluster: Cluster
before(async () => {
  if (skip) return
  cluster = await openCluster()
  await cluster.start('gateway')
  const { stand, people } = cluster
  await stand.untilShown(people.teacher, 'label')
  const served = await startShortLease(cluster, LEASE_MS)
  await stand.textOf(stand.command(people.owner, 'settings', { 'learn-from-posts': true }), /may be added now/)
  await served.stop()
})
after(async () => {
  if (!skip) assert.deepEqual(await cluster.close(), [])
})

/** A picture that its server never sends: whoever asks for it is busy until they die. */
async function unsent(name: string): Promise<Attachment> {
  const [picture] = await cluster.pictures(name, 0, 1)
  assert.ok(picture)
  const bytes = new Uint8Array(await (await fetch(picture.url)).arrayBuffer())
  return cluster.stand.keep(picture.filename, bytes, 'silent')
}

/** As if the leases of dead processes had run out; first, what those still asked of the database is ended. */
async function endLeases(startedAt: string): Promise<void> {
  await cluster.query(
    `select pg_terminate_backend(pid, ${GONE_WITHIN_MS}) from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and backend_start > $1`,
    [startedAt],
  )
  await cluster.query('update calls set lease_until = 0 where lease_owner is not null')
}
const readNow = async (): Promise<string> =>
  (await cluster.query<{ now: string }>('select clock_timestamp()::text as now'))[0]?.now ?? ''

type Held = { id: string; lapses: number }

/** Waits until some process has every call, after so many others. */
async function untilHeld(ids: string[], lapses: number): Promise<void> {
  let held: Held[] = []
  await until(
    async () => {
      held = await cluster.query<Held>('select id, lapses from calls where lease_owner is not null and lease_until > 0')
      return ids.every((id) => held.some((call) => call.id === id && call.lapses === lapses))
    },
    () => `after ${lapses} deaths: ${JSON.stringify(held)}`,
  )
}

test(
  'after ten processes that died of it, the person is told once, alone, and nobody tries it again',
  { skip },
  async () => {
    const { stand, people, query } = cluster
    const asked = stand.command(people.teacher, 'label', { label: 'deadly' }, [await unsent('cat')])
    const posted = stand.post(people.teacher, `<@${stand.bot.id}> label deadly`, [await unsent('fox')])
    const ids = [asked.id, posted.id]
    // As if the first ones had died already: each one more takes seconds.
    let written: unknown[] = []
    await until(
      async () => {
        written = await cluster.query('select id from calls where payload is not null')
        return written.length === ids.length
      },
      () => 'they are not written down',
    )
    await query('update calls set lapses = $1', [DEATHS - REAL_DEATHS])
    for (let deaths = DEATHS - REAL_DEATHS; deaths < DEATHS; deaths++) {
      const startedAt = await readNow()
      const served = await startShortLease(cluster, LEASE_MS)
      await untilHeld(ids, deaths)
      await served.stop('SIGKILL')
      await endLeases(startedAt)
    }
    assert.equal(asked.followUps.length + asked.edits, 0)
    const last = await startShortLease(cluster, LEASE_MS)
    assert.match(await stand.textOf(asked, /several times/), /something went wrong each time/)
    const reply = await stand.replyTo(posted)
    assert.match(reply.text, /several times/)
    assert.equal(asked.followUps[0]?.flags && asked.followUps[0].flags & 64, 64)
    let open: unknown[] = ids
    for (let looks = 0; looks < LOOKS || open.length > 0; looks++) {
      open = await query(`select id from calls where state = 'open' or payload is not null`)
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    assert.equal(asked.followUps.length, 1)
    const replies = stand.said.filter(
      (said) => (said.message_reference as { message_id?: string })?.message_id === posted.id,
    )
    assert.equal(replies.length, 1)
    assert.deepEqual(await query('select 1 from examples'), [])
    assert.equal(await last.stop(), 0)
  },
)

test('a call that one of them had answered is not spoken of again', { skip }, async () => {
  const { stand, people, pictures, query } = cluster
  await query(
    `create function refuse_end() returns trigger language plpgsql as $$ begin raise exception 'not now'; end $$`,
  )
  await query(
    `create trigger refuse_end before update on calls for each row when (new.state = 'done') execute function refuse_end()`,
  )
  const served = await startShortLease(cluster, LEASE_MS)
  const asked = stand.command(people.teacher, 'label', { label: 'cat' }, await pictures('cat', 1, 2))
  await stand.textOf(asked, /Added 1/)
  await served.stop('SIGKILL')
  await query('drop trigger refuse_end on calls')
  // As if it had been the tenth.
  await query(
    `update calls set lapses = $1, lease_until = 0 where id = $2 and delivered = 1 and lease_owner is not null`,
    [DEATHS - 1, asked.id],
  )
  const edits = asked.edits
  const last = await startShortLease(cluster, LEASE_MS)
  let ended: { lapses: number }[] = []
  await until(
    async () => {
      ended = await query<{ lapses: number }>(`select lapses from calls where id = $1 and state = 'done'`, [asked.id])
      return ended.length > 0
    },
    () => 'it does not end',
  )
  assert.deepEqual(ended, [{ lapses: DEATHS }])
  assert.equal(await last.stop(), 0)
  assert.deepEqual([asked.edits, asked.followUps.length], [edits, 0])
  assert.match(asked.message?.text ?? '', /Added 1/)
})
