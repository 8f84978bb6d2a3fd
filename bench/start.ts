// The command line as a person starts it: time to the first answer, and peak memory.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { REPORT_PEAK, takePeak } from '../test/support/peak-memory.ts'
import { drawPhotographs } from './pictures.ts'

const MAIN = fileURLToPath(new URL('../bin/mekiki.js', import.meta.url))
/** Runs of `predict` on one file; the median counts. */
const ROUNDS = 5
/** Pictures of each of two labels. */
const PICTURES_PER_LABEL = 150

type Run = { seconds: number; mebibytes: number }

/** Median time of `predict` on one file, and the peak memory of some commands. */
export async function measureStart() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-bench-'))
  const folder = join(root, 'pictures')
  const files = await drawPhotographs(join(folder, 'a'), PICTURES_PER_LABEL)
  await drawPhotographs(join(folder, 'b'), PICTURES_PER_LABEL)
  const run = (...args: string[]): Run => runCommand(join(root, 'home'), args)

  const imported = run('import', folder)
  const trained = run('train')
  const single = Array.from({ length: ROUNDS }, () => run('predict', files[0]!))
  const one = single.sort((a, b) => a.seconds - b.seconds)[ROUNDS >> 1]!
  const many = run('predict', folder)
  rmSync(root, { recursive: true })
  return { one, many, imported, trained, pictures: 2 * PICTURES_PER_LABEL }
}

function runCommand(home: string, args: string[]): Run {
  const start = performance.now()
  const { stderr, status } = spawnSync(process.execPath, ['--import', REPORT_PEAK, MAIN, ...args, '--json'], {
    env: { ...process.env, MEKIKI_HOME: home },
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(stderr)
  return { seconds: (performance.now() - start) / 1000, mebibytes: takePeak(stderr).peakMiB }
}

if (import.meta.main) console.log(await measureStart())
