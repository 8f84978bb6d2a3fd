// What every start of the program loads.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { MAIN } from '../support/mekiki.ts'

test('commands, services and the database are compiled once for all starts; other commands and large parts are loaded only where they are used', () => {
  const home = mkdtempSync(join(tmpdir(), 'mekiki-start-'))
  const env = { ...process.env, MEKIKI_HOME: home, NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
  const { stderr, stdout, status } = spawnSync(process.execPath, [MAIN, 'labels'], { env, encoding: 'utf8' })
  rmSync(home, { recursive: true })
  assert.equal(status, 0)
  const output = stderr + stdout
  for (const file of ['commands/registry.ts', 'src/app.ts', 'src/db/sqlite/worker.ts', 'node_modules/kysely/'])
    assert.ok(output.includes(file), `${file} is not in the cache`)
  for (const other of [
    'commands/model/train.ts',
    'node_modules/sharp/',
    'node_modules/discord.js/',
    'node_modules/echarts/',
  ])
    assert.ok(!output.includes(other), `${other} is loaded`)
})
