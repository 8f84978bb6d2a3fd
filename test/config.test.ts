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
function read(
  env: Record<string, string>,
  dotenv = '',
): {
  home: string
  keys: number[]
  logLevel: string
  web: { url?: string; redirectUri?: string; host: string; port: number; operators: string[] }
} {
  writeFileSync(join(folder, '.env'), dotenv)
  const code = `
    const { config, readKeys, readServeConfig, readWebConfig } = await import(${JSON.stringify(CONFIG)})
    const keys = readKeys().map((key) => key.length)
    console.log(JSON.stringify({ home: config.home, keys, logLevel: readServeConfig().logLevel, web: readWebConfig() }))`
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

test('the address of the page is one that others cannot listen to, without a path', () => {
  const url = (WEB_URL: string) => read({ WEB_URL }).web.url
  assert.equal(url('https://mekiki.example.org'), 'https://mekiki.example.org')
  assert.equal(url('https://Mekiki.example.org:8443/'), 'https://mekiki.example.org:8443')
  assert.equal(url('http://localhost:8470'), 'http://localhost:8470')
  assert.equal(url(''), undefined)
  assert.equal(
    read({ WEB_URL: '"https://mekiki.example.org"' }).web.redirectUri,
    'https://mekiki.example.org/login/callback',
  )
  assert.throws(() => url('http://mekiki.example.org'), /begins with https/)
  assert.throws(() => url('https://example.org/mekiki'), /without a path/)
  assert.throws(() => url('https://user:password@example.org'), /without a path/)
  assert.throws(() => url('mekiki.example.org'), /WEB_URL/)
  assert.deepEqual(read({ OPERATORS: '1,22' }).web.operators, ['1', '22'])
  assert.throws(() => read({ OPERATORS: 'me' }), /ids of Discord/)
  const secret = { DISCORD_CLIENT_SECRET: 'not a secret' }
  assert.throws(
    () => read(secret),
    (error: Error) => /DISCORD_CLIENT_SECRET/.test(error.message) && !/not a secret/.test(error.message),
  )
})
