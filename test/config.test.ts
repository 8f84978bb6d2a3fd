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

test('~ is the person’s own folder, in the environment and in .env', () => {
  assert.equal(read({ MEKIKI_HOME: '~/pictures' }).home, join(homedir(), 'pictures'))
  assert.equal(read({ MEKIKI_HOME: '~' }).home, homedir())
  assert.equal(read({}, 'MEKIKI_HOME=~/from-env\n').home, join(homedir(), 'from-env'))
  assert.equal(read({ MEKIKI_HOME: '"~/pictures"' }).home, join(homedir(), 'pictures'))
  assert.equal(read({ MEKIKI_HOME: '/data/~' }).home, '/data/~')
  assert.equal(read({ MEKIKI_HOME: '~other' }).home, join(folder, '~other'))
})
