// The command line on PostgreSQL, from the first picture to an export, and what it says where there is none.
import assert from 'node:assert/strict'
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { noisy } from '../../support/bad-pictures.ts'
import { makeHome } from '../../support/mekiki.ts'
import { postgresUrl, skipWithoutPostgres } from '../../support/postgres.ts'

const { root, mekiki } = makeHome()
const before = process.env.DATABASE_URL
after(() => {
  if (before === undefined) delete process.env.DATABASE_URL
  else process.env.DATABASE_URL = before
})

test('everything is in PostgreSQL, nothing in a file', { skip: skipWithoutPostgres }, async () => {
  for (const [i, label] of ['a', 'b'].entries()) {
    mkdirSync(join(root, 'pictures', label), { recursive: true })
    for (let n = 0; n < 4; n++)
      writeFileSync(
        join(root, 'pictures', label, `${n}.png`),
        await noisy(10 * i + n)
          .png()
          .toBuffer(),
      )
  }
  process.env.DATABASE_URL = await postgresUrl()
  const done = async (...args: string[]) => {
    const { status, lines, err } = await mekiki('home', ...args, '--json')
    assert.equal(status, 0, `${args[0]}: ${err}`)
    return lines.at(-1) ?? {}
  }
  assert.equal((await done('import', join(root, 'pictures'))).added, 8)
  await done('train')
  const { out } = await mekiki('elsewhere', 'labels')
  assert.match(out, /2 labels, 8 pictures/)
  await done('predict', join(root, 'pictures/a/0.png'))
  await done('stats')
  await done('export', join(root, 'export'))
  assert.ok(readdirSync(join(root, 'export')).length > 0)
  const { lines } = await mekiki('home', 'doctor', '--json')
  const { checks } = lines[0] as { checks: { check: string; ok: boolean; found: string }[] }
  const database = checks.find(({ check }) => check === 'database')
  assert.ok(database?.ok, database?.found)
  assert.match(database.found, /PostgreSQL \d+/)
  assert.ok(!existsSync(join(root, 'home/mekiki.sqlite')))
})

test('where there is none, every command says so, and doctor what to do, without the password', async () => {
  process.env.DATABASE_URL = 'postgres://me:secret@nobody.invalid/mekiki'
  const { status, err } = await mekiki('home', 'labels')
  assert.equal(status, 1)
  assert.match(err, /PostgreSQL can’t be reached.*nobody\.invalid\/mekiki.*\(database\.unreachable\)/s)
  const doctor = await mekiki('home', 'doctor', '--language', 'ja')
  assert.match(doctor.out, /DATABASE_URL の場所でPostgreSQLが動いていて/)
  assert.doesNotMatch(err + doctor.err + doctor.out, /secret/)

  process.env.DATABASE_URL = 'mysql://me:secret@nobody.invalid/mekiki'
  const wrong = await mekiki('home', 'labels')
  assert.match(wrong.err, /Expected a valid DATABASE_URL.*\(config\.invalid\)/s)
  assert.doesNotMatch(wrong.err, /secret/)
})
