// The terminal as a person uses it: a process a command.
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { environmentOf } from './home-database.ts'
import { REPORT_PEAK, takePeak } from './peak-memory.ts'

export const MAIN = fileURLToPath(new URL('../../bin/mekiki.js', import.meta.url))

const NOBODY = 65534

type Result = { status: number; lines: Record<string, unknown>[]; out: string; err: string; peakMiB: number }

/** A folder for one test file, removed after it, and a way to run commands: the first argument is a home inside it. */
export function makeHome() {
  const root = mkdtempSync(join(tmpdir(), 'mekiki-test-'))
  after(() => rmSync(root, { recursive: true, force: true }))

  const mekiki = (home: string, ...args: string[]) => run(home, args)
  /** The superuser may do everything; others are who they are. */
  const mekikiAsNobody = (home: string, ...args: string[]) =>
    run(home, args, process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {})

  async function run(home: string, args: string[], who: { uid?: number; gid?: number } = {}): Promise<Result> {
    const folder = join(root, home)
    const env = { ...process.env, ...(await environmentOf(folder)), MEKIKI_HOME: folder }
    const ended = promisify(execFile)(process.execPath, ['--import', REPORT_PEAK, MAIN, ...args], {
      env,
      // What a command draws goes into its working directory.
      cwd: root,
      maxBuffer: 2 ** 26,
      ...who,
    })
    const { code, stdout, stderr } = await ended.then(
      (done) => ({ ...done, code: 0 }),
      (error) => error as { code: number; stdout: string; stderr: string },
    )
    const isJson = args.includes('--json')
    const lines = isJson
      ? stdout
          .split('\n')
          .filter(Boolean)
          .map((l) => JSON.parse(l))
      : []
    return {
      status: code,
      lines,
      out: stdout,
      ...takePeak(stderr),
    }
  }
  return { root, mekiki, mekikiAsNobody }
}
