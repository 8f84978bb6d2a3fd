// Where the data are: the rule of each platform, and that it does not depend on where a command was started.
import assert from 'node:assert/strict'
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { chooseDataFolder, type Surroundings } from '../src/data-folder.ts'

const LINUX: Surroundings = {
  platform: 'linux',
  env: {},
  homedir: '/home/ann',
  cwd: '/tmp/somewhere',
  clone: undefined,
  hasDatabase: () => false,
}
const MAC: Surroundings = { ...LINUX, platform: 'darwin', homedir: '/Users/ann' }
const WINDOWS: Surroundings = { ...LINUX, platform: 'win32', homedir: 'C:\\Users\\ann', cwd: 'D:\\work' }

for (const [what, around, path] of [
  ['Linux', LINUX, '/home/ann/.local/share/mekiki'],
  ['Linux with XDG_DATA_HOME', { ...LINUX, env: { XDG_DATA_HOME: '/srv/data' } }, '/srv/data/mekiki'],
  [
    'Linux with a relative XDG_DATA_HOME',
    { ...LINUX, env: { XDG_DATA_HOME: 'data' } },
    '/home/ann/.local/share/mekiki',
  ],
  ['macOS', MAC, '/Users/ann/Library/Application Support/mekiki'],
  [
    'Windows',
    { ...WINDOWS, env: { APPDATA: 'C:\\Users\\ann\\AppData\\Roaming' } },
    'C:\\Users\\ann\\AppData\\Roaming\\mekiki',
  ],
  ['Windows without %APPDATA%', WINDOWS, 'C:\\Users\\ann\\AppData\\Roaming\\mekiki'],
  ['a clone', { ...LINUX, clone: '/src/mekiki' }, '/src/mekiki/data'],
  ['a clone on Windows', { ...WINDOWS, clone: 'D:\\mekiki' }, 'D:\\mekiki\\data'],
] as const)
  test(`${what}: ${path}`, () => assert.deepEqual(chooseDataFolder(around), { path, from: 'usual', usual: path }))

test('MEKIKI_HOME wins over everything', () => {
  const around = { ...LINUX, hasDatabase: () => true, clone: '/src/mekiki' }
  for (const [given, path] of [
    ['/data', '/data'],
    ['here', '/tmp/somewhere/here'],
    ['~/pictures', '/home/ann/pictures'],
  ] as const) {
    const chosen = chooseDataFolder({ ...around, env: { MEKIKI_HOME: given } })
    assert.deepEqual([chosen.path, chosen.from], [path, 'chosen'])
  }
})

test('a database in ./data is used while the usual folder has none, and not once it has one', () => {
  const hasDatabase = (folder: string) => folder === '/tmp/somewhere/data'
  const usual = '/home/ann/.local/share/mekiki'
  assert.deepEqual(chooseDataFolder({ ...LINUX, hasDatabase }), { path: '/tmp/somewhere/data', from: 'here', usual })
  assert.equal(chooseDataFolder({ ...LINUX, hasDatabase: () => true }).path, usual)
})

const root = realpathSync(mkdtempSync(join(tmpdir(), 'mekiki-folder-')))
after(() => rmSync(root, { recursive: true, force: true }))

/** The program's own files where they are, as a clone has them. */
function makeClone(): string {
  const clone = join(root, 'clone')
  mkdirSync(clone)
  const tree = fileURLToPath(new URL('..', import.meta.url))
  for (const part of ['bin', 'src', 'commands', 'package.json'])
    cpSync(join(tree, part), join(clone, part), { recursive: true })
  for (const part of ['models', 'node_modules']) symlinkSync(join(tree, part), join(clone, part))
  return clone
}

const clone = makeClone()

/** Runs a command of the clone in a folder. @returns what it wrote on stdout and stderr */
function run(cwd: string, args: string[], env: Record<string, string> = {}): { out: string; err: string } {
  const { PATH = '' } = process.env
  const script = `"$0" "$1/bin/mekiki.js" "\${@:2}" 2>"$1.err"`
  const out = execFileSync('bash', ['-c', script, process.execPath, clone, ...args], {
    cwd,
    env: { PATH, HOME: join(root, 'person'), ...env },
    encoding: 'utf8',
  })
  return { out, err: execFileSync('cat', [`${clone}.err`], { encoding: 'utf8' }) }
}

test('in a clone, the folder is the clone’s wherever a command is started, and is named when it is made', () => {
  const elsewhere = join(root, 'elsewhere')
  mkdirSync(elsewhere)
  const first = run(elsewhere, ['labels'])
  assert.match(first.err, new RegExp(`${join(clone, 'data')}`))
  assert.equal(run(root, ['labels']).err, '')
})

test('what lies in ./data of where it is started is used where the usual folder is empty, and that is said', () => {
  const other = join(root, 'other')
  mkdirSync(other)
  rmSync(join(clone, 'data'), { recursive: true })
  run(other, ['labels'], { MEKIKI_HOME: join(other, 'data') })
  const { err } = run(other, ['labels'])
  assert.ok(err.includes(join(other, 'data')) && err.includes(join(clone, 'data')), err)
})

test('.env: the environment counts before the folder where it was started, and that before the data folder', () => {
  const here = join(root, 'here')
  const home = join(root, 'home')
  for (const folder of [here, home]) mkdirSync(folder)
  writeFileSync(join(here, '.env'), 'LOG_LEVEL=warn\nGRACE_DAYS=3\n')
  writeFileSync(join(home, '.env'), 'LOG_LEVEL=error\nGRACE_DAYS=4\nLOG_DAYS=5\n')
  const code = `const { readServeConfig } = await import(${JSON.stringify(new URL('../src/config.ts', import.meta.url).href)})
    const { logLevel, graceDays, logDays } = readServeConfig()
    console.log(JSON.stringify([logLevel, graceDays, logDays]))`
  const { PATH = '' } = process.env
  const env = { PATH, HOME: root, MEKIKI_HOME: home, LOG_LEVEL: 'debug' }
  const out = execFileSync(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: here,
    env,
    encoding: 'utf8',
  })
  assert.deepEqual(JSON.parse(out), ['debug', 3, 5])
})
