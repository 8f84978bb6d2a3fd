import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { type Ask, isYes } from '../../src/commands/ask.ts'
import { type CommandEvent, defineCommand, result } from '../../src/commands/define.ts'
import { config, readDiscordApi } from '../../src/config.ts'
import { UserError } from '../../src/errors.ts'
import { readEnvFile, writeEnvFile } from '../../src/files/env-file.ts'
import { placeOf, systemdUnit } from '../../src/services/service-unit.ts'

/** Wrong tokens after which it gives up. */
const MAX_TRIES = 3
const KEY_BYTES = 32

export default defineCommand({
  name: 'setup',
  summary: 'set the bot up: ask for its token, check it, write .env, print the invitation, offer a service',
  access: 'operator',
  frontEnds: ['cli'],
  options: {},
  examples: ['setup'],
  ifInterrupted: 'What was written stays; run the same command again.',
  run() {
    throw new Error('Expected to run without the database')
  },
  runWithoutDatabase: (_options, ask) => setUp(ask),
})

async function* setUp(ask: Ask): AsyncGenerator<CommandEvent> {
  const file = config.envFile
  const before = readEnvFile(file)
  const { token, id } = yield* askForToken(ask)
  const variables: Record<string, string> = {}
  const isOther = before.DISCORD_TOKEN ? before.DISCORD_TOKEN !== token : true
  if (isOther && (!before.DISCORD_TOKEN || isYes(await ask({ key: 'replaceToken', about: file }))))
    variables.DISCORD_TOKEN = token
  const hasKey = Boolean(before.DATA_KEY) || config.hasKey
  if (!hasKey && isYes(await ask({ key: 'encrypt' }))) variables.DATA_KEY = randomBytes(KEY_BYTES).toString('base64')
  if (Object.keys(variables).length > 0) writeEnvFile(file, variables)
  const { invitation } = await import('../../src/services/discord-api.ts')
  yield result('botSetUp', {
    file,
    written: Object.keys(variables),
    invitation: invitation(id),
    needsEncrypt: variables.DATA_KEY !== undefined && existsSync(join(config.home, 'mekiki.sqlite')),
  })
  if (process.platform === 'linux') yield* offerService(ask, file)
}

/** Asks until Discord knows the token. Throws UserError setup.no-token, discord.unreachable */
async function* askForToken(ask: Ask): AsyncGenerator<CommandEvent, { token: string; id: string }> {
  // Loaded when it is used: other commands start sooner.
  const { checkToken } = await import('../../src/services/check-token.ts')
  const api = readDiscordApi()
  for (let tries = 0; tries < MAX_TRIES; tries++) {
    const token = await ask({ key: 'token', isSecret: true })
    if (!token) break
    const bot = await checkToken({ token, api })
    if (!bot) {
      yield result('tokenRefused', { triesLeft: MAX_TRIES - tries - 1 })
      continue
    }
    yield result('tokenAccepted', bot)
    return { token, id: bot.id }
  }
  throw new UserError(
    'setup.no-token',
    'Expected the token of a bot, received none that Discord knows: nothing was written',
  )
}

async function* offerService(ask: Ask, envFile: string): AsyncGenerator<CommandEvent> {
  const answer = await ask({ key: 'service' })
  if (answer !== 'user' && answer !== 'system') return
  const { file, commands } = placeOf(answer, { configFolder: config.userConfigFolder, cwd: process.cwd() })
  if (existsSync(file) && !isYes(await ask({ key: 'replaceService', about: file }))) return
  const [, program = ''] = process.argv
  const command = [process.execPath, resolve(program)]
  const unit = systemdUnit(
    { scope: answer, command, path: config.path, home: config.home, envFile },
    userInfo().username,
  )
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, unit)
  yield result('serviceWritten', { file, commands })
}
