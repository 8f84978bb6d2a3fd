// Who is whom, remembered for a minute.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { MEMBER_TTL_MS, MemberCache } from '../../src/services/member-cache.ts'
import type { Member } from '../../src/services/permissions.ts'

const memberWith = (roles: string[]): Member => ({
  ...{ id: 'p', roles, managesMessages: false, managesServer: false, ownsServer: false },
})

/** A cache, a clock that stands still, and what Discord would say. */
function open() {
  const discord = { asked: 0, now: 0, says: async (): Promise<Member | undefined> => memberWith(['teacher']) }
  const cache = new MemberCache(
    () => {
      discord.asked++
      return discord.says()
    },
    () => discord.now,
  )
  return { discord, cache }
}

test('Discord is asked once for what is asked together and within a minute, and anew after it', async () => {
  const { discord, cache } = open()
  await Promise.all([cache.find('s', 'p'), cache.find('s', 'p'), cache.find('s', 'p')])
  assert.equal(discord.asked, 1)
  discord.now = MEMBER_TTL_MS - 1
  await cache.find('s', 'p')
  assert.equal(discord.asked, 1)
  discord.says = async () => undefined
  discord.now = MEMBER_TTL_MS
  assert.equal(await cache.find('s', 'p'), undefined, 'somebody who left is nobody after a minute')
  assert.equal(discord.asked, 2)
})

test('the minute counts from the question, not from its answer', async () => {
  const { discord, cache } = open()
  const late = Promise.withResolvers<Member>()
  discord.says = () => late.promise
  const first = cache.find('s', 'p')
  discord.now = 50_000
  late.resolve(memberWith(['teacher']))
  await first
  discord.now = MEMBER_TTL_MS
  discord.says = async () => memberWith([])
  assert.deepEqual((await cache.find('s', 'p'))?.roles, [])
})

test('a failure is not remembered, and what is forgotten is asked anew', async () => {
  const { discord, cache } = open()
  discord.says = async () => {
    throw new Error('Discord is away')
  }
  await assert.rejects(cache.find('s', 'p'))
  discord.says = async () => memberWith(['teacher'])
  assert.deepEqual((await cache.find('s', 'p'))?.roles, ['teacher'])
  await cache.find('s', 'q')
  await cache.find('t', 'p')
  const before = discord.asked
  cache.forget('s', 'p')
  await Promise.all([cache.find('s', 'p'), cache.find('s', 'q'), cache.find('t', 'p')])
  assert.equal(discord.asked, before + 1)
  cache.forget('s')
  await Promise.all([cache.find('s', 'p'), cache.find('s', 'q'), cache.find('t', 'p')])
  assert.equal(discord.asked, before + 3)
})

test('it is bounded', async () => {
  const { cache } = open()
  for (let i = 0; i < 10_500; i++) await cache.find('s', String(i))
  assert.equal(cache.size, 10_000)
})
