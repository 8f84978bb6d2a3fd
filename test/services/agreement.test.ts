// Where two reviewers must agree, what has no votes is no way around it: removing, merging and deleting.
import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { registry } from '../../commands/registry.ts'
import { setWithdrawn } from '../../src/db/people.ts'
import { decide } from '../../src/db/reviews.ts'
import { standingOf } from '../../src/db/transitions.ts'
import { UserError } from '../../src/errors.ts'
import { changeSettings } from '../../src/services/settings.ts'
import { openApp } from '../support/app.ts'
import { addNew, openMain } from '../support/database.ts'

const SERVER = '100'
const home = mkdtempSync(join(tmpdir(), 'mekiki-agreement-'))
const app = await openApp(home)
const { db } = app
const dataset = await openMain(db, SERVER)
after(async () => {
  await app.close()
  rmSync(home, { recursive: true, force: true })
})

const RANKS = ['member', 'teacher', 'reviewer', 'manager']

/** Runs a command as somebody of a rank. */
async function run(rank: string, name: string, options: Record<string, unknown>): Promise<void> {
  const command = await registry.find(name, 'cli')
  assert.ok(command)
  const requireAccess = (access: string): void => {
    if (RANKS.indexOf(access) > RANKS.indexOf(rank)) throw new UserError('access.denied', 'made up')
  }
  const where = { server: SERVER, dataset, namesAreFiles: true as const }
  const call = { app, commands: registry, ...where, by: rank, requireAccess, options }
  await Array.fromAsync(command.run(call))
}

const setAgreement = (agreement: number) =>
  changeSettings(db, { server: SERVER, by: 'max', detail: {} }, (settings) => {
    settings.agreement = agreement
  })

let made = 0
/** A picture that reviewers kept or excluded, as a source of the same file; its name is its bytes. */
async function makeDecided(label: string, decision: 'keep' | 'exclude', pixels = `picture ${made++}`) {
  const example = await addNew(db, dataset, { label, pixels })
  await decide(db, dataset, { examples: [example], by: 'max', as: 'manager', decision, agreement: 1 })
  return { example, pixels, source: { name: pixels, read: async () => new Uint8Array(Buffer.from(pixels)) } }
}

async function* oneOf<T>(item: T): AsyncGenerator<T> {
  yield item
}

async function standing(example: number): Promise<string> {
  const row = await db.selectFrom('examples').select(['state', 'vouched']).where('id', '=', example).executeTakeFirst()
  return row ? standingOf(row) : 'gone'
}

for (const [rank, agreement, isAllowed] of [
  ['reviewer', 1, true],
  ['reviewer', 2, false],
  ['manager', 2, true],
  ['teacher', 1, false],
] as const)
  test(`a ${rank} where ${agreement} must agree ${isAllowed ? 'may' : 'may not'} undo alone what was decided`, async () => {
    await setAgreement(agreement)
    const label = `cat ${made}`
    const { example, source } = await makeDecided(label, 'keep')
    const unlabel = run(rank, 'unlabel', { label, pictures: oneOf(source) })
    if (isAllowed) await unlabel
    else await assert.rejects(unlabel, { code: 'file.all-rejected' })
    assert.equal(await standing(example), isAllowed ? 'gone' : 'vouched')

    const other = await makeDecided(label, 'keep')
    const deleted = run(rank, 'labels', { action: 'delete', label, yes: true })
    if (isAllowed) await deleted
    // Who is a reviewer is not told that only reviewers may.
    else await assert.rejects(deleted, { code: rank === 'reviewer' ? 'label.alone' : 'label.decided' })
    assert.equal(await standing(other.example), isAllowed ? 'deleted' : 'vouched')

    const [from, to] = [`from ${made}`, `to ${made}`]
    const excluded = await makeDecided(to, 'exclude')
    await addNew(db, dataset, { label: from, pixels: excluded.pixels })
    await run(rank, 'labels', { action: 'merge', label: from, to })
    assert.equal(await standing(excluded.example), isAllowed ? 'deleted' : 'excluded')
  })

test('to withdraw what somebody unknown added is an error; somebody whose pictures are withdrawn is known', async () => {
  await assert.rejects(run('manager', 'withdraw', { teacher: 'nobody' }), { code: 'withdraw.unknown' })
  await assert.rejects(run('manager', 'withdraw', { teacher: 'nobody', restore: true }), { code: 'withdraw.unknown' })
  await addNew(db, dataset, { label: 'dog', pixels: 'of ann', by: 'ann' })
  await setWithdrawn(db, dataset, { teacher: 'ann', by: 'max', withdrawn: true })
  await run('manager', 'withdraw', { teacher: 'ann' })
  await addNew(db, dataset, { label: 'dog', pixels: 'of ann, too', by: 'ann' })
  // With nobody there to ask, nothing is withdrawn.
  await assert.rejects(run('manager', 'withdraw', { teacher: 'ann' }), { code: 'confirm.missing' })
})
