// What is published, installed as people do it. Takes minutes: MEKIKI_PACKAGE_TEST=1 npm run test:package
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import { draw } from '../../demo/characters.ts'
import { StandIn } from '../support/discord/stand-in.ts'
import { until } from '../support/until.ts'
import { packAndInstall } from './installed.ts'

const skip = process.env.MEKIKI_PACKAGE_TEST ? false : 'takes minutes: set MEKIKI_PACKAGE_TEST=1'
const LABELS = ['Akari', 'Botan', 'Chika']
const EACH = 8
const NOBODY = 65534
/** To try everything with. */
const SAMPLES = /^dist\/src\/services\/samples\/pictures\//
const require = createRequire(import.meta.url)
/** Of Node alone: whoever uses the package brings them. */
const TYPES = fileURLToPath(new URL('../../node_modules/@types', import.meta.url))

describe('the published package', { skip }, () => {
  let installed: ReturnType<typeof packAndInstall>
  let home: string

  /** Runs a command that must succeed. @returns what it printed, one object a line */
  async function run(...args: string[]): Promise<Record<string, unknown>[]> {
    const { status, out, err } = await installed.mekiki(home, [...args, '--json'])
    assert.equal(status, 0, `mekiki ${args.join(' ')}: ${err}`)
    const lines = out.split('\n').filter(Boolean)
    return lines.map((line) => JSON.parse(line))
  }

  before(async () => {
    installed = packAndInstall()
    home = join(installed.root, 'home')
    for (const name of LABELS) for (let k = 0; k < EACH; k++) await draw(join(home, 'pictures', name), name, k)
    await draw(join(home, 'asked'), 'Akari', EACH)
  })
  after(() => installed.remove())

  test('it holds what runs and what explains it, and no tests, sources or pictures but the samples', () => {
    const files = installed.packed.files.map((f) => f.path)
    const needed = [
      'models/kernels/kernels.wasm',
      'models/backbones/priors/mobilenet-v2-mid-b13.f16',
      'bin/main.js.map',
    ]
    const page = ['src/web/pages/main.js', 'src/web/pages/style/tokens.css', 'src/services/samples/pictures/Emi-0.png']
    const weights = 'models/backbones/weights/mobilenet-v2-mid-b13.onnx'
    for (const file of [...needed, ...page, weights]) assert.ok(files.includes(`dist/${file}`), file)
    for (const file of ['LICENSE', 'NOTICE', 'README.md', 'CHANGELOG.md', '.env.example'])
      assert.ok(files.includes(file), file)
    for (const file of files) {
      assert.doesNotMatch(file, /(^|\/)(test|bench|demo|scripts|node_modules)\//)
      if (!SAMPLES.test(file)) assert.doesNotMatch(file, /\.(png|jpe?g|webp|gif|avif|sqlite|html)$/i)
      assert.ok(!file.endsWith('.ts') || /^dist\/models\/.*\.d\.ts$/.test(file), file)
    }
  })

  test('publint finds nothing in it', async () => {
    const { publint } = await import('publint')
    const { messages } = await publint({ pkgDir: installed.folder, pack: false, strict: true })
    assert.deepEqual(messages, [])
  })

  test('it says its version, and that all is well', async () => {
    const { version } = JSON.parse(readFileSync(join(installed.folder, 'package.json'), 'utf8'))
    assert.equal((await installed.mekiki(home, ['--version'])).out.trim(), version)
    const [{ checks }] = (await run('doctor')) as [{ checks: { check: string; ok: boolean; found: string }[] }]
    assert.deepEqual(
      checks.filter((c) => !c.ok),
      [],
    )
    const kernels = checks.find((c) => c.check === 'kernels')
    assert.equal(kernels?.found, 'simd')
  })

  test('it imports, trains, predicts, draws charts and exports', async () => {
    const [imported] = await run('import', 'pictures')
    assert.equal(imported?.added, LABELS.length * EACH)
    await run('train')
    const [answer] = await run('predict', 'asked')
    assert.ok((answer?.top as { label: string }[]).length > 0)
    const [stats] = (await run('stats', '--charts')) as [{ charts: string[] }]
    for (const chart of stats.charts) assert.ok(existsSync(chart), chart)
    assert.ok(stats.charts.length > 0)
    const [exported] = await run('export', 'out')
    assert.equal(exported?.examples, LABELS.length * EACH)
    assert.ok(readdirSync(join(home, 'out')).includes('classifier.onnx'))
  })

  test('the example of mekiki/models compiles with its types, and prints what the page says', () => {
    const page = readFileSync(join(installed.folder, 'docs/models.md'), 'utf8')
    const block = (language: string): string => new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 's').exec(page)?.[1] ?? ''
    const folder = join(installed.root, 'consumer')
    mkdirSync(join(folder, 'node_modules'), { recursive: true })
    symlinkSync(installed.folder, join(folder, 'node_modules/mekiki'), 'junction')
    writeFileSync(join(folder, 'package.json'), '{ "type": "module" }')
    writeFileSync(join(folder, 'example.ts'), block('ts'))
    const options = ['--module', 'nodenext', '--target', 'es2024', '--strict', '--types', 'node', '--typeRoots', TYPES]
    const compile = [require.resolve('typescript/bin/tsc'), ...options, 'example.ts']
    const compiled = spawnSync(process.execPath, compile, { cwd: folder, encoding: 'utf8' })
    assert.equal(compiled.status, 0, compiled.stdout)
    const { stdout, stderr } = spawnSync(process.execPath, ['example.js'], { cwd: folder, encoding: 'utf8' })
    assert.equal(stdout, block('text'), stderr)
  })

  test('serve says what it needs where there is no token', async () => {
    const { status, err, out } = await installed.mekiki(home, ['serve'])
    assert.equal(status, 1)
    assert.match(out + err, /DISCORD_TOKEN/)
  })

  test('serve answers Discord', { skip: process.platform === 'win32' && 'no signals' }, async () => {
    const stand = await StandIn.start()
    const bot = spawn(installed.command, ['serve'], { cwd: home, env: { ...installed.envIn(home), ...stand.env } })
    const ended = once(bot, 'exit')
    try {
      let said = ''
      bot.stdout.setEncoding('utf8').on('data', (text: string) => (said += text))
      bot.stderr.setEncoding('utf8').on('data', (text: string) => (said += text))
      await until(
        () => said.includes('"msg":"ready"') || bot.exitCode !== null,
        () => `not ready: ${said}`,
      )
      bot.kill('SIGTERM')
      const [status] = await ended
      assert.equal(status, 0, said)
    } finally {
      bot.kill('SIGKILL')
      await stand.stop()
    }
  })

  test(
    'it runs from a folder that its user cannot write to',
    { skip: process.getuid?.() !== 0 && 'for root alone' },
    async () => {
      const theirs = join(installed.root, 'nobody')
      mkdirSync(theirs)
      chmodSync(theirs, 0o777)
      const { status, err } = await installed.mekiki(theirs, ['labels'], { uid: NOBODY, gid: NOBODY })
      assert.equal(status, 0, err)
      assert.deepEqual(readdirSync(theirs), ['.local'])
      assert.match(err, /Made the folder .*\.local\/share\/mekiki /)
    },
  )
})
