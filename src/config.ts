import { existsSync } from 'node:fs'
import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { config as readDotenv } from 'dotenv'
import { z } from 'zod'
import { chooseDataFolder } from './data-folder.ts'
import { parsePicturesUrl } from './db/objects/place.ts'
import { UserError } from './errors.ts'

// The only reader of the environment and of `.env`; docs/configuration.md explains each variable. What is in the environment counts before
// `.env` of the folder where it was started, and that before `.env` of the data folder.
const ENV_HERE = resolve('.env')
readDotenv({ quiet: true, path: ENV_HERE })

/** `docker --env-file` keeps quotes, spaces and the carriage returns of Windows, which shells and dotenv take off. */
function unquote(value: string): string {
  const trimmed = value.trim()
  return /^(["'])(.*)\1$/s.exec(trimmed)?.[2] ?? trimmed
}

/** Names of docs/configuration.md. */
const OWN =
  /^((MEKIKI|DISCORD|LOG|METRICS|SERVER|CHAT|PRIVACY|WEB|PICTURES|S3|AWS)_\w+|DATA_KEY|DATABASE_URL|HEIC_DECODER|GRACE_DAYS|CONFIRM_SERVERS|SHARDS|IDENTIFY_SECONDS|OPERATORS|(HTTPS?|NO)_PROXY)$/i
for (const [name, value] of Object.entries(process.env))
  if (value !== undefined && OWN.test(name)) process.env[name] = unquote(value)

/** Its own folder where it runs in a clone: what is installed was built. */
const CLONE = import.meta.url.endsWith('.ts') ? fileURLToPath(new URL('..', import.meta.url)) : undefined

const folder = chooseDataFolder({
  platform: process.platform,
  env: process.env,
  homedir: homedir(),
  cwd: process.cwd(),
  clone: CLONE && resolve(CLONE),
  hasDatabase: (path) => existsSync(join(path, 'mekiki.sqlite')),
})
const ENV_OF_DATA = join(folder.path, '.env')
readDotenv({ quiet: true, path: ENV_OF_DATA })

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
  home: folder.path,
  folder,
  /** The files that are read, besides the environment. */
  envFiles: [...new Set([ENV_HERE, ENV_OF_DATA])].filter((file) => existsSync(file)),
  /** Where `setup` writes: beside whoever keeps one there, and in a clone; otherwise into the data folder. */
  envFile: CLONE !== undefined || existsSync(ENV_HERE) ? ENV_HERE : ENV_OF_DATA,
  /** Where services of one person are, as systemd finds them. */
  userConfigFolder: process.env.XDG_CONFIG_HOME || join(homedir(), '.config'),
  /** The PATH that the program was found by, which a service is given too. */
  path: process.env.PATH ?? '',
  /** The proxy, as everywhere, with names in small letters too. */
  proxyEnv: {
    HTTP_PROXY: process.env.http_proxy || process.env.HTTP_PROXY || '',
    HTTPS_PROXY: process.env.https_proxy || process.env.HTTPS_PROXY || '',
    NO_PROXY: process.env.no_proxy || process.env.NO_PROXY || '',
  },
  /** The folder of what reads HEIC; '': wherever it is installed. */
  heicDecoder: process.env.HEIC_DECODER || '',
  /** Whether pictures are encrypted. */
  hasKey: Boolean(process.env.DATA_KEY),
  /** How people call this program where it was started. */
  program: PROGRAMS.get(startedBy()) ?? 'mekiki',
  /** Who works in the terminal. */
  by: process.env.USER || 'terminal',
  /** The language of the terminal as the system has it, as in `ja_JP.UTF-8`; '' where there is none. */
  language: process.env.MEKIKI_LANGUAGE || process.env.LC_ALL || process.env.LC_MESSAGES || process.env.LANG || '',
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
const Host = z.string().regex(/^[\w.:-]+$/, 'expected an address as in 0.0.0.0')
const Limit = z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER)
const Names = z.string().regex(/^[\w.@-]+(,[\w.@-]+)*$/, 'expected a list as in mobilenet-v2-mid-b13,photos')

const Port = z.coerce.number().int().min(0).max(65_535)
const Id = z.string().regex(/^\d{1,20}$/, 'expected an id of Discord, as in 140000000000000001')
const Ids = z
  .string()
  .regex(/^\d{1,20}(,\d{1,20})*$/, 'expected ids of Discord, as in 140000000000000001,140000000000000002')
const PublicKey = z
  .string()
  .regex(/^[\da-f]{64}$/i, 'expected the public key of an application, 64 digits and letters a to f')
const Secret = z.string().regex(/^[\w-]{16,}$/, 'expected the client secret of an application')

/** Where the page listens if nothing else is set. */
const WEB_PORT = 8470

/** Of a ZIP that is sent to the page, if nothing else is set. */
const UPLOAD_MIB = 1_024
const MEBIBYTE = 2 ** 20

/** Hosts whose traffic stays on this machine. */
const LOOPBACK = ['localhost', '127.0.0.1', '[::1]']
/** An origin: people sign in there, so that others on the way must not read along. */
const WebUrl = z
  .url()
  .transform((text) => new URL(text))
  .refine(({ protocol, hostname }) => protocol === 'https:' || (protocol === 'http:' && LOOPBACK.includes(hostname)), {
    message: 'expected an address that begins with https://, or with http://localhost for a try',
  })
  .refine(({ href, origin }) => href === `${origin}/`, {
    message: 'expected an address without a path, as in https://mekiki.example.org',
  })
  .transform(({ origin }) => origin)

const Api = setting(z.url({ protocol: /^https?$/ }).optional())

const Shards = z.coerce.number().int().min(1).max(16_384)
/** Discord's own: between two sessions of one bucket. */
const IDENTIFY_SECONDS = 5

const Environment = z.object({
  DISCORD_TOKEN: setting(Token.optional()),
  DISCORD_API: Api,
  DISCORD_MEDIA_HOSTS: setting(Hosts.optional()),
  LOG_LEVEL: setting(LogLevel.default('info')),
  LOG_FORMAT: setting(z.enum(['auto', 'pretty', 'json']).default('auto')),
  METRICS_PORT: setting(Port.optional()),
  METRICS_HOST: setting(Host.default('127.0.0.1')),
  SHARDS: setting(Shards.optional()),
  IDENTIFY_SECONDS: setting(z.coerce.number().positive().max(600).default(IDENTIFY_SECONDS)),
  GRACE_DAYS: setting(z.coerce.number().min(0).max(3650).default(30)),
  LOG_DAYS: setting(z.coerce.number().min(1).max(36_500).default(365)),
  PRIVACY_URL: setting(z.url().optional()),
  PRIVACY_URL_JA: setting(z.url().optional()),
  CONFIRM_SERVERS: setting(z.enum(['left']).optional()),
})

function readEnvironment<T>(shape: z.ZodType<T>): T {
  const read = shape.safeParse(process.env)
  if (read.success) return read.data
  const [issue] = read.error.issues
  throw new UserError(
    'config.invalid',
    `Expected a valid ${String(issue?.path[0])} (see .env.example): ${issue?.message}`,
  )
}

const Limits = z.object({
  SERVER_MAX_PICTURES: setting(Limit.optional()),
  SERVER_MAX_LABELS: setting(Limit.optional()),
  CHAT_BACKBONES: setting(Names.optional()),
})

/** What each server may have and choose where nothing else was set for it; undefined: as much as there is. Throws UserError config.invalid */
export function readServerLimits() {
  const env = readEnvironment(Limits)
  return {
    pictures: env.SERVER_MAX_PICTURES,
    labels: env.SERVER_MAX_LABELS,
    /** Names of the backbones that managers can choose in a chat. */
    backbones: env.CHAT_BACKBONES?.split(','),
  }
}

/** Whether texts of a terminal are coloured (no-color.org). */
export const hasColours = (stream: { isTTY?: boolean }): boolean => stream.isTTY === true && !process.env.NO_COLOR

/** Discord's REST address without the version, where it is not Discord's own. Throws UserError config.invalid */
export const readDiscordApi = (): string | undefined => readEnvironment(z.object({ DISCORD_API: Api })).DISCORD_API

const DatabaseUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:/.test(text) && URL.canParse(text),
    'expected an address as in postgres://user:password@host:5432/mekiki; in a password, write what is no letter or digit as in %40',
  )

const DatabaseEnvironment = z.object({
  DATABASE_URL: setting(DatabaseUrl.optional()),
})

/** Where the PostgreSQL is; undefined: everything is in one file of the data folder. Throws UserError config.invalid */
export const readDatabaseUrl = (): string | undefined => readEnvironment(DatabaseEnvironment).DATABASE_URL

const Bucket = z.object({
  PICTURES_URL: setting(z.string().optional()),
  S3_ACCESS_KEY_ID: setting(z.string().optional()),
  S3_SECRET_ACCESS_KEY: setting(z.string().optional()),
  AWS_ACCESS_KEY_ID: setting(z.string().optional()),
  AWS_SECRET_ACCESS_KEY: setting(z.string().optional()),
  AWS_SESSION_TOKEN: setting(z.string().optional()),
  AWS_REGION: setting(z.string().optional()),
})

/** The bucket that pictures go to, with its keys; undefined: into the database. Throws UserError config.invalid, bucket.no-credentials */
export function readBucket() {
  const env = readEnvironment(Bucket)
  if (env.PICTURES_URL === undefined) return undefined
  const place = parsePicturesUrl(env.PICTURES_URL, env.AWS_REGION)
  const isOwn = env.S3_ACCESS_KEY_ID !== undefined
  const accessKeyId = isOwn ? env.S3_ACCESS_KEY_ID : env.AWS_ACCESS_KEY_ID
  const secretAccessKey = isOwn ? env.S3_SECRET_ACCESS_KEY : env.AWS_SECRET_ACCESS_KEY
  if (accessKeyId === undefined || secretAccessKey === undefined)
    throw new UserError(
      'bucket.no-credentials',
      'Expected S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY for the bucket of PICTURES_URL, found none, or only one of them',
    )
  return { ...place, accessKeyId, secretAccessKey, sessionToken: isOwn ? undefined : env.AWS_SESSION_TOKEN }
}

export type ServeConfig = ReturnType<typeof readServeConfig>

/** What serving Discord takes. Throws UserError config.invalid */
export function readServeConfig() {
  const env = readEnvironment(Environment)
  return {
    token: env.DISCORD_TOKEN,
    /** Discord's REST address without the version, where it is not Discord's own. */
    api: env.DISCORD_API,
    /** `host:port` from which pictures may come besides Discord's own. */
    mediaHosts: env.DISCORD_MEDIA_HOSTS?.split(',') ?? [],
    logLevel: env.LOG_LEVEL,
    logFormat: env.LOG_FORMAT,
    metricsPort: env.METRICS_PORT,
    /** The address on which metrics are served. */
    metricsHost: env.METRICS_HOST,
    /** Into how many parts Discord divides the servers; undefined: as many as it recommends. */
    shards: env.SHARDS,
    /** Milliseconds between the beginnings of two sessions. */
    identifyMs: env.IDENTIFY_SECONDS * 1000,
    graceDays: env.GRACE_DAYS,
    logDays: env.LOG_DAYS,
    privacyUrl: env.PRIVACY_URL,
    privacyUrlJa: env.PRIVACY_URL_JA,
    /** `left`: servers of the database that the bot is not in were really left. */
    confirmServers: env.CONFIRM_SERVERS,
  }
}

const Web = z.object({
  WEB_URL: setting(WebUrl.optional()),
  WEB_HOST: setting(Host.default('127.0.0.1')),
  WEB_PORT: setting(Port.default(WEB_PORT)),
  WEB_UPLOAD_MIB: setting(Limit.default(UPLOAD_MIB)),
  DISCORD_CLIENT_ID: setting(Id.optional()),
  DISCORD_CLIENT_SECRET: setting(Secret.optional()),
  DISCORD_PUBLIC_KEY: setting(PublicKey.optional()),
  OPERATORS: setting(Ids.optional()),
})

export type WebConfig = ReturnType<typeof readWebConfig>

/** What the page for a server's people takes. Throws UserError config.invalid */
export function readWebConfig() {
  const env = readEnvironment(Web)
  return {
    /** The origin under which browsers reach it; undefined: `serve` has no page. */
    url: env.WEB_URL,
    /** Where Discord sends browsers back to, as the Developer Portal must have it. */
    redirectUri: env.WEB_URL && `${env.WEB_URL}/login/callback`,
    /** Where it listens: what ends HTTPS forwards to it. */
    host: env.WEB_HOST,
    port: env.WEB_PORT,
    /** Of one file that is no picture. */
    uploadBytes: env.WEB_UPLOAD_MIB * MEBIBYTE,
    /** Of the application that people sign in with; undefined: that of the bot. */
    clientId: env.DISCORD_CLIENT_ID,
    clientSecret: env.DISCORD_CLIENT_SECRET,
    /** By which a request is known to be Discord's; undefined: interactions come over the gateway. */
    publicKey: env.DISCORD_PUBLIC_KEY,
    /** Discord ids of the people who run the program: on the page they may do what a terminal may. */
    operators: env.OPERATORS?.split(',') ?? [],
  }
}
