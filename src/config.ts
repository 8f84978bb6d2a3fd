import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { z } from 'zod'
import { UserError } from './errors.ts'

// The only reader of the environment, and of `.env` in the folder where it was started. `.env.example` explains each.
readDotenv({ quiet: true })

/** `docker --env-file` keeps quotes, spaces and the carriage returns of Windows, which shells and dotenv take off. */
function unquote(value: string): string {
  const trimmed = value.trim()
  return /^(["'])(.*)\1$/s.exec(trimmed)?.[2] ?? trimmed
}

/** A leading `~` is the person's own folder, as in a shell. */
const expandHome = (path: string): string => (/^~(?=$|[/\\])/.test(path) ? join(homedir(), path.slice(1)) : path)

/** Names of `.env.example`. */
const OWN =
  /^(MEKIKI_\w+|DATA_KEY|DISCORD_\w+|LOG_\w+|METRICS_PORT|GRACE_DAYS|PRIVACY_URL|CONFIRM_SERVERS|(HTTPS?|NO)_PROXY)$/i
for (const [name, value] of Object.entries(process.env))
  if (value !== undefined && OWN.test(name)) process.env[name] = unquote(value)

/** By what npm calls the script that it runs: in a clone, or without installing. */
const PROGRAMS = new Map([
  ['mekiki/mekiki', 'npm run -s mekiki --'],
  ['mekiki/start', 'npm run -s mekiki --'],
  ['npx', 'npx --ignore-scripts mekiki'],
])

function startedBy(): string {
  const { npm_lifecycle_event: script = '', npm_package_name: name = '' } = process.env
  return script === 'npx' ? script : `${name}/${script}`
}

export const config = {
  /** The folder that holds everything. */
  home: resolve(expandHome(process.env.MEKIKI_HOME || './data')),
  /** The proxy, as everywhere, with names in small letters too. */
  proxyEnv: {
    HTTP_PROXY: process.env.http_proxy || process.env.HTTP_PROXY || '',
    HTTPS_PROXY: process.env.https_proxy || process.env.HTTPS_PROXY || '',
    NO_PROXY: process.env.no_proxy || process.env.NO_PROXY || '',
  },
  /** How people call this program where it was started. */
  program: PROGRAMS.get(startedBy()) ?? 'mekiki',
  /** Who works in the terminal. */
  by: process.env.USER || 'terminal',
}

const KEY_BYTES = 32

/** The keys of `DATA_KEY`, newest first. Throws UserError config.invalid */
export function readKeys(): Buffer[] {
  const keys = (process.env.DATA_KEY ?? '').split(',').filter(Boolean)
  return keys.map((text) => {
    const key = Buffer.from(text, 'base64')
    if (key.length !== KEY_BYTES)
      throw new UserError(
        'config.invalid',
        `Expected DATA_KEY to be ${KEY_BYTES} bytes in base64 (openssl rand -base64 32), received ${key.length} bytes`,
      )
    return key
  })
}

/** A setting that is there and empty counts as not set. */
const setting = <T extends z.ZodType>(schema: T) => z.preprocess((value) => (value === '' ? undefined : value), schema)

const Token = z.string().regex(/^[\w.-]{10,}$/, 'expected the token of a bot')
const Hosts = z.string().regex(/^[\w.[\]:-]+(,[\w.[\]:-]+)*$/, 'expected a list as in 127.0.0.1:8080,localhost:9000')
const LogLevel = z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])

const Environment = z.object({
  DISCORD_TOKEN: setting(Token.optional()),
  DISCORD_API: setting(z.url({ protocol: /^https?$/ }).optional()),
  DISCORD_MEDIA_HOSTS: setting(Hosts.optional()),
  LOG_LEVEL: setting(LogLevel.default('info')),
  METRICS_PORT: setting(z.coerce.number().int().min(0).max(65_535).optional()),
  GRACE_DAYS: setting(z.coerce.number().min(0).max(3650).default(30)),
  LOG_DAYS: setting(z.coerce.number().min(1).max(36_500).default(365)),
  PRIVACY_URL: setting(z.url().optional()),
  CONFIRM_SERVERS: setting(z.enum(['left']).optional()),
})

export type ServeConfig = ReturnType<typeof readServeConfig>

/** What serving Discord takes. Throws UserError config.invalid */
export function readServeConfig() {
  const read = Environment.safeParse(process.env)
  if (!read.success) {
    const [issue] = read.error.issues
    throw new UserError(
      'config.invalid',
      `Expected a valid ${String(issue?.path[0])} (see .env.example): ${issue?.message}`,
    )
  }
  const env = read.data
  return {
    token: env.DISCORD_TOKEN,
    /** Discord's REST address without the version, where it is not Discord's own. */
    api: env.DISCORD_API,
    /** `host:port` from which pictures may come besides Discord's own. */
    mediaHosts: env.DISCORD_MEDIA_HOSTS?.split(',') ?? [],
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT,
    graceDays: env.GRACE_DAYS,
    logDays: env.LOG_DAYS,
    privacyUrl: env.PRIVACY_URL,
    /** `left`: servers of the database that the bot is not in were really left. */
    confirmServers: env.CONFIRM_SERVERS,
  }
}
