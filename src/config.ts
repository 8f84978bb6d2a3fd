import { resolve } from 'node:path'
import { config as readDotenv } from 'dotenv'
import { z } from 'zod'
import { UserError } from './errors.ts'

/** The only reader of the environment, and of `.env` in the folder where it was started. */
readDotenv({ quiet: true })

export const config = {
  home: resolve(process.env.MEKIKI_HOME || './data'),
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

const filled = (value: unknown): unknown => (value === '' ? undefined : value)
const Hosts = z.string().regex(/^[\w.[\]:-]+(,[\w.[\]:-]+)*$/, 'a list as in 127.0.0.1:8080,localhost:9000')

const Serving = z.object({
  DISCORD_TOKEN: z.preprocess(
    filled,
    z
      .string()
      .regex(/^[\w.-]{10,}$/, 'a bot token')
      .optional(),
  ),
  DISCORD_API: z.preprocess(filled, z.url({ protocol: /^https?$/ }).optional()),
  DISCORD_MEDIA_HOSTS: z.preprocess(filled, Hosts.optional()),
  LOG_LEVEL: z.preprocess(filled, z.enum(['trace', 'debug', 'info', 'warn', 'error', 'silent']).default('info')),
  METRICS_PORT: z.preprocess(filled, z.coerce.number().int().min(0).max(65_535).optional()),
  GRACE_DAYS: z.preprocess(filled, z.coerce.number().min(0).max(3650).default(30)),
  LOG_DAYS: z.preprocess(filled, z.coerce.number().min(1).max(36_500).default(365)),
  PRIVACY_URL: z.preprocess(filled, z.url().optional()),
})

export type Serving = ReturnType<typeof readServing>

/** What serving a chat takes; `.env.example` explains each. Throws UserError config.invalid */
export function readServing() {
  const read = Serving.safeParse(process.env)
  if (!read.success) {
    const { path, message } = read.error.issues[0]!
    throw new UserError(
      'config.invalid',
      `Expected ${String(path[0])} to be right (see .env.example), received: ${message}`,
    )
  }
  const env = read.data
  return {
    token: env.DISCORD_TOKEN,
    api: env.DISCORD_API,
    mediaHosts: env.DISCORD_MEDIA_HOSTS?.split(',') ?? [],
    logLevel: env.LOG_LEVEL,
    metricsPort: env.METRICS_PORT,
    graceDays: env.GRACE_DAYS,
    logDays: env.LOG_DAYS,
    privacyUrl: env.PRIVACY_URL,
  }
}
