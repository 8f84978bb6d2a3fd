// What every start of the program loads.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import sharp from 'sharp'
import { MAIN } from '../support/mekiki.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-start-'))
const env = { ...process.env, MEKIKI_HOME: join(root, 'home'), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' }
const picture = join(root, 'red', '0.png')

/** Node says several lines of every file, more where it compiles it for the first time. */
const MAX_OUTPUT_BYTES = 64 * 2 ** 20

/** All that Node says of the files that it compiled or had compiled before. */
function run(...args: string[]): string {
  const { stderr, stdout, status } = spawnSync(process.execPath, [MAIN, ...args], {
    cwd: root,
    env,
    encoding: 'utf8',
    maxBuffer: MAX_OUTPUT_BYTES,
  })
  assert.equal(status, 0, stderr.slice(-1000))
  return stderr + stdout
}

before(async () => {
  for (const [label, background] of Object.entries({ red: '#c00', blue: '#00c' })) {
    mkdirSync(join(root, label))
    for (let i = 0; i < 4; i++)
      writeFileSync(
        join(root, label, `${i}.png`),
        await sharp({ create: { width: 64, height: 64 + i, channels: 3, background } })
          .png()
          .toBuffer(),
      )
  }
  run('import', root)
  run('train')
})
after(() => rmSync(root, { recursive: true }))

/** What other commands, other front ends and other databases need. */
const OTHERS = [
  'commands/model/train.ts',
  'src/db/migrations.ts',
  'src/db/postgres/connection.ts',
  'src/db/postgres/training-jobs.ts',
  'src/db/purge-label.ts',
  'node_modules/pg/',
  'node_modules/pg-boss/',
  'node_modules/aws4fetch/',
  'node_modules/undici/',
  'node_modules/hono/',
  'node_modules/discord.js/',
  'node_modules/echarts/',
  'node_modules/@resvg/',
]

for (const { args, also } of [
  { args: ['labels'], also: ['node_modules/sharp/', 'node_modules/onnxruntime-node/', 'models/classifier.ts'] },
  { args: ['stats'], also: ['node_modules/sharp/', 'node_modules/onnxruntime-node/', 'models/classifier.ts'] },
  { args: ['predict', picture], also: ['src/services/explanation.ts', 'src/services/labeling.ts', 'models/train.ts'] },
])
  test(`${args[0]}: what every start needs is compiled once for all; what it does not need is not loaded`, () => {
    const output = run(...args)
    for (const file of ['commands/registry.ts', 'src/app.ts', 'src/db/sqlite/worker.ts', 'node_modules/kysely/'])
      assert.ok(output.includes(file), `${file} is not in the cache`)
    for (const other of [...OTHERS, ...also]) assert.ok(!output.includes(other), `${other} is loaded`)
  })

test('predict --why loads what explains, so that what is not loaded without it is known by its name', () => {
  assert.ok(run('predict', picture, '--why').includes('src/services/explanation.ts'))
})
