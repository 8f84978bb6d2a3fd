// Nothing leaves the machine, and nothing is written outside MEKIKI_HOME, the working directory and the temp folder.
import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { promisify } from 'node:util'
import sharp from 'sharp'
import { MAIN } from '../support/mekiki.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-test-'))
after(() => rmSync(root, { recursive: true, force: true }))

const FOLDERS = ['user', 'data', 'work', 'temp'] as const
const folder = Object.fromEntries(FOLDERS.map((name) => [name, join(root, name)])) as Record<
  (typeof FOLDERS)[number],
  string
>
for (const path of Object.values(folder)) mkdirSync(path)

/** Without a network where the system can take it away; a program that looks something up would fail or wait there. */
const isolated = process.getuid?.() === 0 && process.platform === 'linux'

async function mekiki(...args: string[]): Promise<string> {
  const command = [process.execPath, MAIN, ...args]
  const [file = '', ...rest] = isolated ? ['unshare', '--net', ...command] : command
  const { XDG_CACHE_HOME: _, XDG_DATA_HOME: __, ORT_DISABLE_TELEMETRY: ___, ...env } = process.env
  const { stdout } = await promisify(execFile)(file, rest, {
    cwd: folder.work,
    env: { ...env, HOME: folder.user, MEKIKI_HOME: folder.data, TMPDIR: folder.temp },
  })
  return stdout
}

test('adding, training and asking write nothing outside their folders and need no network', async () => {
  for (const [label, background] of [
    ['red', '#d33'],
    ['blue', '#33d'],
  ] as const) {
    mkdirSync(join(folder.work, 'pictures', label), { recursive: true })
    for (let i = 0; i < 4; i++) {
      const noise = { type: 'gaussian', mean: 128, sigma: 20 + 10 * i } as const
      const picture = sharp({ create: { width: 64 + i, height: 64, channels: 3, background, noise } }).tint(background)
      await picture.png().toFile(join(folder.work, 'pictures', label, `${i}.png`))
    }
  }
  assert.match(await mekiki('import', 'pictures'), /8 pictures/)
  assert.match(await mekiki('train'), /Version +1$/m)
  assert.match(await mekiki('predict', 'pictures'), /0\.png/)
  assert.deepEqual(readdirSync(folder.user, { recursive: true }), [])
  assert.deepEqual(readdirSync(folder.temp), [])
  assert.deepEqual(readdirSync(folder.work), ['pictures'])
})
