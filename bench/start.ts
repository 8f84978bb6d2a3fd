// The terminal command as a person starts it: time to the first answer, and peak memory.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REPORT_PEAK, takePeak } from '../test/support/peak-memory.ts'
import { drawPhotographs } from './pictures.ts'

const MAIN = fileURLToPath(new URL('../bin/main.ts', import.meta.url))
const ROUNDS = 5

type Run = { seconds: number; mebibytes: number }

/** Median time of `predict` of one file, and the peak memory of some verbs. */
export async function measureStart() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const files = await drawPhotographs(join(root, 'pictures', 'a'), 150)
  await drawPhotographs(join(root, 'pictures', 'b'), 150)
  const run = (...args: string[]): Run => {
    const start = performance.now()
    const env = { ...process.env, MEKIKI_HOME: join(root, 'home') }
    const { stderr, status } = spawnSync(process.execPath, ['--import', REPORT_PEAK, MAIN, ...args, '--json'], {
      env,
      encoding: 'utf8',
    })
    if (status !== 0) throw new Error(stderr)
    return { seconds: (performance.now() - start) / 1000, mebibytes: takePeak(stderr).peakMiB }
  }
  const imported = run('import', join(root, 'pictures'))
  const trained = run('train')
  const one = Array.from({ length: ROUNDS }, () => run('predict', files[0]!)).sort((a, b) => a.seconds - b.seconds)[
    ROUNDS >> 1
  ]!
  const many = run('predict', join(root, 'pictures'))
  rmSync(root, { recursive: true })
  return { one, many, imported, trained, pictures: 300 }
}
if (import.meta.main) console.log(await measureStart())
