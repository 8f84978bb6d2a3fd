import { execFileSync, fork } from 'node:child_process'
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { availableParallelism, loadavg } from 'node:os'
import { fileURLToPath } from 'node:url'
import { lackOf } from './needs.ts'
import { PARTS, type Part } from './parts.ts'
import { headingsOf, replaceSection, withCircumstances } from './results-file.ts'

const MS = 1000

type Options = {
  /** RESULTS.md, or another file in its form. */
  file: string
  measure?: (part: Part) => Promise<string>
  say?: (line: string) => void
}

/**
 * Measures one part after the other and puts each section into the file as soon as its part has ended. What cannot be
 * measured here is said, and its section left as it is.
 * @returns the names of the parts that failed
 */
export async function runParts(
  parts: Part[],
  { file, measure = measureApart, say = (line) => void process.stderr.write(`${line}\n`) }: Options,
): Promise<string[]> {
  const failed: string[] = []
  for (const part of parts) {
    const lack = lackOf(part.needs ?? [])
    if (lack !== undefined) {
      say(`${part.name}: skipped, its section stays as it is: ${lack}`)
      continue
    }
    say(`${part.name}…`)
    try {
      putSection(file, await measureWithCircumstances(part, measure))
    } catch (error) {
      failed.push(part.name)
      say(`${part.name}: failed, its section stays as it is: ${error instanceof Error ? error.message : error}`)
    }
  }
  return failed
}

async function measureWithCircumstances(part: Part, measure: (part: Part) => Promise<string>): Promise<string> {
  const [load = 0] = loadavg()
  const started = performance.now()
  const before = {
    date: new Date(),
    commit: commitOf(),
    load,
    cores: availableParallelism(),
    node: process.versions.node,
  }
  const section = await measure(part)
  const headings = headingsOf(section)
  if (headings.length !== 1 || headings[0] !== part.heading)
    throw new Error(`Expected the section ${part.heading}, received ${headings.join(', ') || 'none'}`)
  return withCircumstances(section, { ...before, seconds: (performance.now() - started) / MS })
}

/** The file is read again: somebody may have written to it in the hour that this part took. */
function putSection(file: string, section: string): void {
  const order = PARTS.map(({ heading }) => heading)
  const half = `${file}.part`
  writeFileSync(half, replaceSection(readFileSync(file, 'utf8'), section, order))
  renameSync(half, file)
}

/** The results themselves, which change meanwhile, do not count. */
function commitOf(): string {
  const git = (...args: string[]): string =>
    execFileSync('git', args, { cwd: fileURLToPath(new URL('..', import.meta.url)), encoding: 'utf8' }).trim()
  const isChanged = git('status', '--porcelain', '--untracked-files=no', '--', '.', ':!bench/RESULTS.md') !== ''
  return git('rev-parse', '--short', 'HEAD') + (isChanged ? ' with changes' : '')
}

/** In a process of its own: pictures are drawn before a decoder closes the loader of SVG, and whatever ends it ends no other. */
function measureApart({ name }: Part): Promise<string> {
  return new Promise((resolve, reject) => {
    // What benchmarks print is for whoever watches.
    const child = fork(new URL('./measure-part.ts', import.meta.url), [name], { stdio: ['ignore', 2, 2, 'ipc'] })
    let section: string | undefined
    child.on('message', (text) => {
      section = String(text)
    })
    child.on('error', reject)
    child.on('exit', (code, signal) => {
      if (code === 0 && section !== undefined) resolve(section)
      else reject(new Error(`Expected it to end with its section, it ended with ${signal ?? code}`))
    })
  })
}
