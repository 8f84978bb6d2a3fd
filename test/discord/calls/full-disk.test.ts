// The disk of PostgreSQL fills while a bot of several processes serves: people are told, what was said to be added is there, and it goes on by itself.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { type Cluster, openCluster } from '../../support/cluster.ts'
import type { Attachment } from '../../support/discord/entities.ts'
import type { Interaction } from '../../support/discord/interaction.ts'
import { openSmallDisk, type SmallDisk, skipWithoutDisk } from '../../support/small-disk.ts'
import { until } from '../../support/until.ts'

const skip = skipWithoutDisk
/** Calls that are taken before the disk is full, and those that come then: more than what is free in the pages of the tables takes. */
const [SLOW, ASKED] = [6, 24]

let disk: SmallDisk
let cluster: Cluster
before(async () => {
  if (skip) return
  disk = await openSmallDisk()
  cluster = await openCluster({ url: disk.url })
  await cluster.start('gateway')
  await cluster.start('inference')
  await cluster.stand.untilShown(cluster.people.teacher, 'label')
})
after(async () => {
  if (skip) return
  const complaints = await cluster.close()
  disk.remove()
  assert.deepEqual(complaints, [])
})

const textOf = ({ message, followUps }: Interaction): string =>
  [message, ...followUps].map((said) => said?.text ?? '').join('\n')
const untilAll = (asked: Interaction[], what: RegExp): Promise<void> =>
  until(
    () => asked.every((one) => what.test(textOf(one))),
    () => asked.map((one) => `${one.type} ${textOf(one)}`).join(' | '),
  )

test('each person is told, nothing that was acknowledged is lost, and it goes on by itself', { skip }, async () => {
  const { stand, people, pictures, query, processes } = cluster
  const label = (name: string, file: Attachment): Interaction =>
    stand.command(people.teacher, 'label', { label: name }, [file])
  const [first, last, posted, ...files] = await pictures('cat', 0, ASKED + 3)
  assert.ok(first && last && posted)
  await stand.textOf(label('before', first), /Added 1/)
  const slow = await pictures('fox', 0, SLOW)
  const begun = await Promise.all(slow.map(async (file, i) => label(`begun ${i}`, await slowly(file))))
  let taken = 0
  await until(
    async () => {
      taken = (await query('select 1 from calls where lease_owner is not null')).length
      return taken === SLOW
    },
    () => `${taken} of ${SLOW} were taken`,
  )
  disk.fill()
  const asked = files.map((file, i) => label(`asked ${i}`, file))
  const unanswered = stand.post(people.member, `<@${stand.bot.id}>`, [posted])
  await untilAll([...begun, ...asked], /The disk is full|Added 1/)
  // What is not taken on is said to whoever asked, alone.
  const refused = asked.filter((one) => one.type === 4)
  assert.ok(refused.length > 0)
  for (const { message } of refused) assert.equal((message?.flags ?? 0) & 64, 64)
  await until(
    () => stand.reactions.some(({ message, emoji }) => message === unanswered.id && emoji === '⏳'),
    () => 'nothing says that the post is not answered',
  )
  disk.free()
  await stand.textOf(label('after', last), /Added 1/)
  assert.ok(processes.every((served) => served.isAlive()))
  let open = 1
  await until(
    async () => {
      open = (await query(`select 1 from calls where state = 'open'`)).length
      return open === 0
    },
    () => `${open} calls are open`,
  )
  // Those alone of whom it was said.
  const names = [...begun, ...asked].flatMap((one, i) =>
    textOf(one).includes('Added 1') ? [i < SLOW ? `begun ${i}` : `asked ${i - SLOW}`] : [],
  )
  const found = await query<{ name: string }>(
    'select l.name from labels l where exists (select 1 from examples e where e.label = l.id)',
  )
  assert.deepEqual(found.map(({ name }) => name).toSorted(), ['before', 'after', ...names].toSorted())
})

/** The same file from a server that takes a while. */
async function slowly({ filename, url }: Attachment): Promise<Attachment> {
  return cluster.stand.keep(filename, new Uint8Array(await (await fetch(url)).arrayBuffer()), 'slow')
}
