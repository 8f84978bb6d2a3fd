// The release script, in a repository of its own.
import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, beforeEach, test } from 'node:test'
import { fileURLToPath } from 'node:url'

const SCRIPT = fileURLToPath(new URL('../../scripts/release.ts', import.meta.url))
const CHANGELOG = `# Changelog

## [Unreleased]

### Added
- Sees cats.

## [0.1.0] - 2026-01-02
- Sees dogs.

[Unreleased]: https://example.org/compare/v0.1.0...HEAD
[0.1.0]: https://example.org/releases/tag/v0.1.0
`
const TODAY = /\d{4}-\d\d-\d\d/

const root = mkdtempSync(join(tmpdir(), 'mekiki-release-'))
after(() => rmSync(root, { recursive: true, force: true }))
let folder: string

const read = (file: string): string => readFileSync(join(folder, file), 'utf8')
const write = (file: string, text: string): void => writeFileSync(join(folder, file), text)
const git = (...args: string[]): string => execFileSync('git', args, { cwd: folder, encoding: 'utf8' }).trim()
const release = (...args: string[]) => spawnSync(process.execPath, [SCRIPT, ...args], { cwd: folder, encoding: 'utf8' })

beforeEach(() => {
  folder = mkdtempSync(join(root, 'repository-'))
  git('init', '--quiet', '--initial-branch', 'main')
  git('config', 'user.name', 'Somebody')
  git('config', 'user.email', 'somebody@example.org')
  write('CHANGELOG.md', CHANGELOG)
  write('package.json', '{\n  "name": "mekiki",\n  "version": "0.1.0"\n}\n')
  write('package-lock.json', JSON.stringify({ version: '0.1.0', packages: { '': { version: '0.1.0' } } }))
  git('add', '.')
  git('commit', '--quiet', '--message', 'feat: all of it')
})

test('without --write it says what is new, and changes nothing', () => {
  const { status, stdout } = release('0.2.0')
  assert.equal(status, 0)
  assert.match(stdout, /0\.2\.0 .*after 0\.1\.0[\s\S]*Sees cats/)
  assert.doesNotMatch(stdout, /Sees dogs/)
  assert.equal(git('status', '--porcelain'), '')
  assert.equal(git('tag'), '')
})

test('with --write the changelog, both manifests, a commit and a tag carry the version', () => {
  assert.equal(release('v0.2.0', '--write').status, 0)
  const today = TODAY.exec(read('CHANGELOG.md'))![0]
  assert.equal(
    read('CHANGELOG.md'),
    CHANGELOG.replace('## [Unreleased]\n', `## [Unreleased]\n\n## [0.2.0] - ${today}\n`).replace(
      'v0.1.0...HEAD\n',
      'v0.2.0...HEAD\n[0.2.0]: https://example.org/compare/v0.1.0...v0.2.0\n',
    ),
  )
  assert.equal(JSON.parse(read('package.json')).version, '0.2.0')
  const lock = JSON.parse(read('package-lock.json'))
  assert.deepEqual([lock.version, lock.packages[''].version], ['0.2.0', '0.2.0'])
  assert.equal(git('log', '-1', '--format=%s'), 'chore: release 0.2.0')
  assert.equal(git('describe', '--exact-match'), 'v0.2.0')
  assert.equal(git('status', '--porcelain'), '')
})

test('it refuses what is no release', () => {
  const refuses = (version: string, why: RegExp) => {
    const { status, stderr } = release(version, '--write')
    assert.equal(status, 1)
    assert.match(stderr, why)
  }
  refuses('', /as in 1\.2\.3, received none/)
  refuses('newest', /received newest/)
  refuses('0.1.0', /after 0\.1\.0/)
  git('tag', 'v0.2.0')
  refuses('0.2.0', /found the tag v0\.2\.0/)
  write('new.txt', 'x')
  refuses('0.3.0', /clean tree/)
  rmSync(join(folder, 'new.txt'))
  git('switch', '--quiet', '--create', 'idea')
  refuses('0.3.0', /branch main, found idea/)
  git('switch', '--quiet', 'main')
  assert.equal(release('0.3.0', '--write').status, 0)
  refuses('0.4.0', /found nothing/)
})
