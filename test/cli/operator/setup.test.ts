// `mekiki setup`: the token is asked for and checked, .env is written for its owner alone, and a service is offered.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { stripVTControlCharacters } from 'node:util'
import { StandIn, TOKEN } from '../../support/discord/stand-in.ts'
import { MAIN } from '../../support/mekiki.ts'
import { skipWithoutTerminal } from '../../support/terminal.ts'

const root = mkdtempSync(join(tmpdir(), 'mekiki-setup-'))
let stand: StandIn
before(async () => {
  stand = await StandIn.start()
})
after(async () => {
  await stand.stop()
  rmSync(root, { recursive: true, force: true })
  assert.deepEqual(stand.complaints, [])
})

type Run = { folder: string; answers: string[]; language?: string }

function prepare(folder: string, language = 'en') {
  const cwd = join(root, folder)
  mkdirSync(cwd, { recursive: true })
  const { PATH = '' } = process.env
  const env = { PATH, HOME: cwd, USER: 'ann', MEKIKI_HOME: join(cwd, 'home'), MEKIKI_LANGUAGE: language }
  return { cwd, env: { ...env, DISCORD_API: `http://${stand.host}/api` } }
}

/** Answers what is asked through a pipe. */
async function setUp({ folder, answers, language }: Run) {
  const child = spawn(process.execPath, [MAIN, 'setup'], { ...prepare(folder, language), stdio: 'pipe' })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part) => (text += part))
  child.stdin.end(answers.map((answer) => `${answer}\n`).join(''))
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { status, text, env: join(root, folder, '.env') }
}

const read = (file: string): string => readFileSync(file, 'utf8')
const modeOf = (file: string): number => statSync(file).mode & 0o777

test('a token that Discord knows is written for its owner alone, with the invitation', async () => {
  const { status, text, env } = await setUp({ folder: 'first', answers: [TOKEN, 'n', 'n'] })
  assert.equal(status, 0, text)
  assert.equal(read(env), `DISCORD_TOKEN=${TOKEN}\n`)
  if (process.platform !== 'win32') assert.equal(modeOf(env), 0o600)
  assert.match(text, /Message Content is on/)
  assert.match(text, new RegExp(`client_id=${stand.bot.id}&scope=bot\\+applications.commands&permissions=\\d+`))
  assert.ok(!text.includes(TOKEN), 'the token is shown')
})

test('intents that are off are named, in Japanese, too', async () => {
  stand.gateway.refusesContent = true
  const { text } = await setUp({ folder: 'japanese', answers: [TOKEN, 'はい', 'n'], language: 'ja' })
  stand.gateway.refusesContent = false
  assert.match(text, /Message Contentはオフです/)
  assert.match(text, /DATA_KEYの控え/)
  assert.match(read(join(root, 'japanese', '.env')), /^DATA_KEY=[\w+/]{43}=$/m)
})

test('other lines stay, and another token is replaced only after a yes', async () => {
  const { cwd } = prepare('kept')
  const before = '# mine\nLOG_LEVEL=warn\nDISCORD_TOKEN=another.token.of_ours\nexport GRACE_DAYS=3\n'
  writeFileSync(join(cwd, '.env'), before, { mode: 0o644 })
  const refused = await setUp({ folder: 'kept', answers: [TOKEN, 'n', 'n', 'n'] })
  assert.equal(read(refused.env), before)
  const replaced = await setUp({ folder: 'kept', answers: [TOKEN, 'y', 'n', 'n'] })
  assert.equal(read(replaced.env), before.replace('another.token.of_ours', TOKEN))
  if (process.platform !== 'win32') assert.equal(modeOf(replaced.env), 0o600)
})

test('a token that Discord does not know is asked for again, three times, and nothing is written', async () => {
  const { status, text, env } = await setUp({ folder: 'wrong', answers: ['some.wrong.token', 'not a token', 'x'] })
  assert.equal(status, 1)
  assert.equal(text.split('Discord doesn’t know this token.').length, 4)
  assert.match(text, /setup\.no-token/)
  assert.equal(existsSync(env), false)
})

test('a Discord that cannot be reached is said, not taken for a wrong token', async () => {
  stand.faults.push({ path: /applications/, times: 1, status: 503 })
  const { status, text, env } = await setUp({ folder: 'away', answers: [TOKEN] })
  assert.equal(status, 1)
  assert.match(text, /discord\.unreachable/)
  assert.equal(existsSync(env), false)
})

const canVerify = spawnSync('systemd-analyze', ['--version']).status === 0

for (const scope of ['user', 'system'])
  test(`the service unit for ${scope}`, { skip: process.platform !== 'linux' && 'systemd is of Linux' }, async () => {
    const folder = `service ${scope}`
    const { status, text, env } = await setUp({ folder, answers: [TOKEN, 'n', scope] })
    assert.equal(status, 0, text)
    const file = join(root, folder, scope === 'user' ? '.config/systemd/user/mekiki.service' : 'mekiki.service')
    const unit = read(file)
    assert.match(unit, /^ExecStart=.*mekiki\.js serve$/m)
    assert.ok(unit.includes(`EnvironmentFile=-${env}`) && unit.includes(join(root, folder, 'home')))
    assert.ok(text.includes(file) && /systemctl .*enable --now mekiki\.service/.test(text))
    if (canVerify) {
      const verified = spawnSync('systemd-analyze', ['verify', ...(scope === 'user' ? ['--user'] : []), file], {
        encoding: 'utf8',
      })
      assert.equal(verified.stderr.replace(/.*(Failed to|cannot be|SO_PASSCRED).*\n/g, ''), '', verified.stderr)
    }
    const again = await setUp({ folder, answers: [TOKEN, 'n', scope, 'n'] })
    assert.match(again.text, /is there already/)
  })

test(
  'the unit that comes with the program has no mistakes',
  { skip: !canVerify && 'there is no systemd-analyze here' },
  () => {
    const file = new URL('../../../deploy/mekiki.service', import.meta.url).pathname
    const { stderr } = spawnSync('systemd-analyze', ['verify', file], { encoding: 'utf8' })
    assert.equal(stderr.replace(/.*(Failed to|cannot be|SO_PASSCRED).*\n/g, ''), '', stderr)
  },
)

test('in a terminal the token is not shown while it is typed', { skip: skipWithoutTerminal }, async () => {
  const { cwd, env } = prepare('terminal')
  const command = ['stty cols 100;', 'exec', process.execPath, MAIN, 'setup'].join(' ')
  const child = spawn('script', ['-qec', command, '/dev/null'], {
    cwd,
    env: { ...env, TERM: 'xterm' },
    stdio: 'pipe',
  })
  let text = ''
  const answers: [RegExp, string][] = [
    [/not shown\): $/, `${TOKEN}x\u007f\r`],
    [/\[y\/N\] $/, 'n\r'],
    [/\[user\/system\/N\] $/, '\r'],
  ]
  child.stdout.setEncoding('utf8').on('data', (part) => {
    text += part
    const [next] = answers
    if (next?.[0].test(stripVTControlCharacters(text))) child.stdin.write(answers.shift()?.[1] ?? '')
  })
  await new Promise((resolve) => child.on('close', resolve))
  assert.equal(read(join(cwd, '.env')), `DISCORD_TOKEN=${TOKEN}\n`, text)
  assert.ok(!text.includes(TOKEN), text)
})
