// How commands are called: help, versions, former names, exit statuses.
import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { registry } from '../../commands/registry.ts'
import { draw } from '../../demo/characters.ts'
import { describeCli } from '../../scripts/cli-docs/describe-cli.ts'
import { MAIN, makeHome } from '../support/mekiki.ts'

const { root, mekiki } = makeHome()
const pictures = join(root, 'pictures')
before(() => draw(pictures, 'Akari', 0))

test('a person’s mistakes end with 1 and a code, wrong usage with 2', async () => {
  const cases: [string[], number, RegExp][] = [
    [['label', 'x'.repeat(150), pictures], 1, /label\.too-long/],
    [['label', ' ', pictures], 1, /label\.empty/],
    [['label', 'a\nb', pictures], 1, /label\.control-character/],
    [['import', join(root, 'nowhere')], 1, /file\.not-found/],
    [['train'], 1, /train\.too-few-labels/],
    [['predict', pictures], 1, /predict\.not-trained/],
    [['fly'], 2, /unknown command/],
    [['label'], 2, /missing required argument/],
    [['audit', '--before', '1.5'], 2, /whole number/],
  ]
  for (const [args, status, message] of cases) {
    const result = await mekiki('c', ...args)
    assert.equal(result.status, status, args.join(' '))
    assert.match(result.err, message)
  }
})

test('every command explains itself, with examples', async () => {
  const { out, status } = await mekiki('h', '--help')
  assert.equal(status, 0)
  for (const { name, examples } of await registry.listFor('cli')) {
    assert.ok(out.includes(`\n  ${name} `), name)
    const help = await mekiki('h', name, '--help')
    assert.equal(help.status, 0)
    for (const example of examples) assert.ok(help.out.includes(`mekiki ${example}`), example)
  }
})

test('--version is that of the package', async () => {
  const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
  const { out, status } = await mekiki('h', '--version')
  assert.deepEqual([out, status], [`${version}\n`, 0])
})

test('a former name works, says what it is now, and is not in the help', async () => {
  const { status, lines, err } = await mekiki('former', 'seal', '--json')
  assert.deepEqual([status, lines], [0, [{ changed: 0, unreadable: 0 }]])
  assert.equal(err, '`seal` is now `encrypt`; the old name goes away in 0.3.\n')
  assert.doesNotMatch((await mekiki('former', '--help')).out, /\bseal\b/)
})

test('hints name the program as it was started', async () => {
  const here = fileURLToPath(new URL('../..', import.meta.url))
  const { npm_lifecycle_event: _, ...env } = process.env
  const run = async (command: string, args: string[], more: NodeJS.ProcessEnv = {}): Promise<string> => {
    const options = { cwd: here, env: { ...env, MEKIKI_HOME: join(root, 'hints'), ...more } }
    return (await promisify(execFile)(command, args, options)).stdout
  }
  const hint = (program: string): string => `No labels yet. Add pictures: ${program} import FOLDER\n`
  assert.equal(await run('npm', ['run', '-s', 'mekiki', '--', 'labels']), hint('npm run -s mekiki --'))
  assert.equal(await run(process.execPath, [MAIN, 'labels']), hint('mekiki'))
  const npx = { npm_lifecycle_event: 'npx' }
  assert.equal(await run(process.execPath, [MAIN, 'labels'], npx), hint('npx --ignore-scripts mekiki'))
  assert.match(await run('npm', ['run', '-s', 'mekiki', '--', '--help']), /^Usage: npm run -s mekiki -- \[options\]/)
})

test('help into a pipe that is closed ends in silence', async () => {
  const child = spawn(process.execPath, [MAIN, '--help'], { stdio: ['ignore', 'pipe', 'pipe'] })
  child.stdout.destroy()
  let err = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (err += text))
  await once(child, 'close')
  assert.deepEqual([child.exitCode, err], [0, ''])
})

test('docs/cli.md is what the commands declare', async () => {
  const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
  assert.equal(read('docs/cli.md'), await describeCli(registry, read('.env.example')), 'run `npm run cli-docs`')
})
