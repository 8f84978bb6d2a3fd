// Makes a release of what is on main: a section of the changelog, the version, a commit and a tag. Pushing and publishing stay yours.
//   npm run release -- 1.2.3             says what it would do
//   npm run release -- 1.2.3 --write     does it
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { readUnreleased, releaseChangelog } from './changelog.ts'

type Manifest = { version: string; packages?: Record<string, { version?: string }> }

const VERSION = /^\d+\.\d+\.\d+(-[\w.]+)?$/
const MANIFESTS = ['package.json', 'package-lock.json']
const CHANGELOG = 'CHANGELOG.md'

const git = (...args: string[]): string => execFileSync('git', args, { encoding: 'utf8' }).trim()
const readManifest = (file: string): Manifest => JSON.parse(readFileSync(file, 'utf8'))

function findObstacle(version: string, previous: string, changelog: string): string | undefined {
  const branch = git('branch', '--show-current')
  if (!VERSION.test(version)) return `Expected a version as in 1.2.3, received ${version || 'none'}`
  if (version === previous) return `Expected a version after ${previous}, received the same`
  if (branch !== 'main') return `Expected the branch main, found ${branch || 'no branch'}`
  if (git('status', '--porcelain') !== '') return 'Expected a clean tree, found changes: commit them first'
  if (git('tag', '--list', `v${version}`) !== '') return `Expected a new version, found the tag v${version}`
  if (readUnreleased(changelog) === '') return `Expected what is new under Unreleased in ${CHANGELOG}, found nothing`
  return undefined
}

function setVersion(file: string, version: string): void {
  const manifest = readManifest(file)
  manifest.version = version
  const own = manifest.packages?.['']
  if (own) own.version = version
  writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`)
}

function release(version: string, write: boolean): number {
  const changelog = readFileSync(CHANGELOG, 'utf8')
  const previous = readManifest('package.json').version
  const obstacle = findObstacle(version, previous, changelog)
  if (obstacle) {
    process.stderr.write(`${obstacle}\n`)
    return 1
  }
  const date = new Date().toISOString().slice(0, 'yyyy-mm-dd'.length)
  if (!write) {
    process.stdout.write(`${version} (${date}), after ${previous}:\n\n${readUnreleased(changelog)}\n\n`)
    process.stdout.write('Nothing was changed. To commit and tag it: the same with --write\n')
    return 0
  }
  writeFileSync(CHANGELOG, releaseChangelog(changelog, { version, previous, date }))
  for (const file of MANIFESTS) setVersion(file, version)
  git('commit', '--quiet', '--message', `chore: release ${version}`, '--', CHANGELOG, ...MANIFESTS)
  git('tag', '--annotate', `v${version}`, '--message', `v${version}`)
  process.stdout.write(`Tagged v${version}. To publish it: git push --follow-tags && npm publish\n`)
  return 0
}

const { values, positionals } = parseArgs({ allowPositionals: true, options: { write: { type: 'boolean' } } })
process.exitCode = release((positionals[0] ?? '').replace(/^v/, ''), values.write ?? false)
