// Budgets: counted at once, in order, and forgotten in time.
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { UserError } from '../../src/errors.ts'
import { CHAT_LIMITS, Cooldowns, PAGE_LIMITS } from '../../src/services/cooldowns.ts'

const MINUTE = 60_000

/** A clock that stands still until it is moved. */
function makeClock() {
  const clock = { at: 1_000, read: () => clock.at }
  return clock
}

/** The waits of calls that come together; undefined: refused. */
function spendTogether(cooldowns: Cooldowns, calls: { person: string; amount: number }[]): (number | undefined)[] {
  return calls.map(({ person, amount }) => {
    try {
      return cooldowns.spend({ server: 's', person, kind: 'pictures', amount })
    } catch (error) {
      assert.ok(error instanceof UserError && error.code === 'busy.cooldown')
      assert.ok(Number(error.values.seconds) >= 1)
      return undefined
    }
  })
}

test('however many calls come together, a person gets 60 pictures at once, 300 in turn, and no more', () => {
  const clock = makeClock()
  const waits = spendTogether(
    new Cooldowns(CHAT_LIMITS, clock.read),
    Array.from({ length: 500 }, () => ({ person: 'p', amount: 10 })),
  )
  assert.equal(waits.filter((wait) => wait === 0).length, 6)
  const inTurn = waits.filter((wait) => wait !== undefined && wait > 0)
  assert.deepEqual(
    inTurn.map((wait) => Math.round(Number(wait) / 1000)),
    Array.from({ length: 30 }, (_, i) => 10 * (i + 1)),
  )
  assert.equal(waits.filter((wait) => wait === undefined).length, 464)
})

test('all people of a server together have 400 pictures at once', () => {
  const calls = Array.from({ length: 100 }, (_, i) => ({ person: `p${i}`, amount: 10 }))
  const waits = spendTogether(new Cooldowns(CHAT_LIMITS, makeClock().read), calls)
  assert.equal(waits.filter((wait) => wait === 0).length, 40)
})

test('what a person’s own budget refuses is not taken from the server’s', () => {
  const cooldowns = new Cooldowns(CHAT_LIMITS, makeClock().read)
  const greedy = Array.from({ length: 200 }, () => ({ person: 'greedy', amount: 10 }))
  assert.equal(spendTogether(cooldowns, greedy).filter((wait) => wait !== undefined).length, 36)
  const others = Array.from({ length: 4 }, (_, i) => ({ person: `other ${i}`, amount: 10 }))
  assert.deepEqual(
    spendTogether(cooldowns, others),
    others.map(() => 0),
  )
})

test('after a minute a budget is whole again', () => {
  const clock = makeClock()
  const cooldowns = new Cooldowns(CHAT_LIMITS, clock.read)
  const all = Array.from({ length: 6 }, () => ({ person: 'p', amount: 10 }))
  spendTogether(cooldowns, all)
  clock.at += MINUTE
  assert.deepEqual(spendTogether(cooldowns, all), [0, 0, 0, 0, 0, 0])
})

test('the pictures of a ZIP have a budget of their own, and wait a few at a time', () => {
  const clock = makeClock()
  const cooldowns = new Cooldowns(CHAT_LIMITS, clock.read)
  const give = (person: string) => cooldowns.spend({ server: 's', person, kind: 'zip', amount: 20 })
  for (let i = 0; i < 15; i++) assert.equal(give('p'), 0)
  const wait = give('p')
  assert.ok(wait > 0 && wait <= MINUTE, `${wait}`)
  // Whoever shows a picture does not wait for them; another ZIP of the server does.
  assert.equal(cooldowns.spend({ server: 's', person: 'q', kind: 'pictures', amount: 10 }), 0)
  assert.ok(give('q') > 0)
  clock.at += 2 * MINUTE
  assert.equal(give('p'), 0)
})

test('on the page 5,000 files come without a wait, and leave others of the server their turn', () => {
  const cooldowns = new Cooldowns(PAGE_LIMITS, makeClock().read)
  const give = (person: string) => spendTogether(cooldowns, [{ person, amount: 1 }])[0]
  for (let i = 0; i < 5_000; i++) assert.equal(give('p'), 0)
  let taken = 5_000
  // Far more than anybody waits for.
  for (let i = 0; i < 60_000; i++) if (give('p') === 0) taken++
  assert.equal(taken, 6_000)
  for (let i = 0; i < 5_000; i++) assert.equal(give('q'), 0)
})

test('commands do not wait: over their budget they are refused', () => {
  const cooldowns = new Cooldowns(CHAT_LIMITS, makeClock().read)
  const train = () => cooldowns.spend({ server: 's', person: 'p', kind: 'train', amount: 1 })
  for (let i = 0; i < 6; i++) assert.equal(train(), 0)
  assert.throws(train, { code: 'busy.cooldown' })
})

test('people who have not asked for a while are forgotten', () => {
  const clock = makeClock()
  const cooldowns = new Cooldowns(CHAT_LIMITS, clock.read)
  for (let i = 0; i < 200_000; i++) {
    cooldowns.spend({ server: `s${i % 3_000}`, person: `p${i}`, kind: 'labels', amount: 1 })
    clock.at += 1
  }
  // In the 1.5 s that a command takes to be given back, 1,500 of them asked.
  assert.ok(cooldowns.size < 10_000, `${cooldowns.size} kept`)
})

test('a stop is told to whoever waits', async () => {
  const cooldowns = new Cooldowns(CHAT_LIMITS, makeClock().read)
  const waiting = cooldowns.wait(MINUTE)
  cooldowns.stop()
  await assert.rejects(waiting, { code: 'busy.stopping' })
})
