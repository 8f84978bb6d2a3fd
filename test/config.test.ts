// The environment as Docker and people write it.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'

const folder = mkdtempSync(join(tmpdir(), 'mekiki-config-'))
after(() => rmSync(folder, { recursive: true, force: true }))
const CONFIG = new URL('../src/config.ts', import.meta.url).href

/** What a process of its own reads. @param dotenv the `.env` of its working directory */
function read(env: Record<string, string>, dotenv = ''): { home: string; keys: number[]; logLevel: string } {
  writeFileSync(join(folder, '.env'), dotenv)
  const code = `
    const { config, readKeys, readServeConfig } = await import(${JSON.stringify(CONFIG)})
    const keys = readKeys().map((key) => key.length)
    console.log(JSON.stringify({ home: config.home, keys, logLevel: readServeConfig().logLevel }))`
  const { PATH = '' } = process.env
  const args = ['--input-type=module', '--eval', code]
  return JSON.parse(
    execFileSync(process.execPath, args, { cwd: folder, env: { PATH, HOME: homedir(), ...env }, encoding: 'utf8' }),
  )
}

const key = randomBytes(32).toString('base64')

for (const quote of ['"', "'", ''])
  test(`values between ${quote || 'no quotes'} are what is between them, as docker --env-file hands them over`, () => {
    const quoted = (value: string): string => quote + value + quote
    const { home, keys, logLevel } = read({
      MEKIKI_HOME: quoted('/srv/mekiki data'),
      DATA_KEY: quoted(`${key},${key}`),
      LOG_LEVEL: quoted('warn'),
    })
    assert.deepEqual([home, keys, logLevel], ['/srv/mekiki data', [32, 32], 'warn'])
  })

test('quotes inside of a value stay, and one pair is taken off', () => {
  assert.equal(read({ MEKIKI_HOME: `/a"b'` }).home, `/a"b'`)
  assert.equal(read({ MEKIKI_HOME: `"'/a'"` }).home, join(folder, `'/a'`))
  assert.equal(read({ MEKIKI_HOME: `"/a'` }).home, join(folder, `"/a'`))
})

test('spaces and carriage returns around a value are no part of it', () => {
  const { keys, logLevel } = read({ DATA_KEY: `"${key}"\r`, LOG_LEVEL: ' warn ' })
  assert.deepEqual([keys, logLevel], [[32], 'warn'])
})

test('what a value should have been is said, and never what a secret was', () => {
  for (const [env, expected] of [
    [{ DISCORD_TOKEN: 'not a token' }, /Expected a valid DISCORD_TOKEN .*: expected the token of a bot/],
    [{ LOG_LEVEL: 'loud' }, /Expected a valid LOG_LEVEL .*expected one of "trace"/],
    [{ METRICS_PORT: 'many' }, /Expected a valid METRICS_PORT .*expected number/],
    [{ DATA_KEY: 'c2hvcnQ=' }, /Expected DATA_KEY to be 32 bytes in base64 .*received 5 bytes/],
  ] as const)
    assert.throws(
      () => read(env),
      (error: Error) => expected.test(error.message) && !/not a token|c2hvcnQ=/.test(error.message),
    )
})

test('~ is the person’s own folder, in the environment and in .env', () => {
  assert.equal(read({ MEKIKI_HOME: '~/pictures' }).home, join(homedir(), 'pictures'))
  assert.equal(read({ MEKIKI_HOME: '~' }).home, homedir())
  assert.equal(read({}, 'MEKIKI_HOME=~/from-env\n').home, join(homedir(), 'from-env'))
  assert.equal(read({ MEKIKI_HOME: '"~/pictures"' }).home, join(homedir(), 'pictures'))
  assert.equal(read({ MEKIKI_HOME: '/data/~' }).home, '/data/~')
  assert.equal(read({ MEKIKI_HOME: '~other' }).home, join(folder, '~other'))
})
