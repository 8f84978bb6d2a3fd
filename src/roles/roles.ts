import type { Registry } from 'prom-client'
import type { App } from '../app.ts'
import type { CommandRegistry } from '../commands/define.ts'
import type { ServeConfig } from '../config.ts'
import type { DiscordMembers } from '../discord/member-directory.ts'
import type { Logger } from '../logger.ts'
import type { Blocks } from '../services/blocks.ts'
import type { SettingsCache } from '../services/settings-cache.ts'
import type { PartHealth } from './health.ts'

/**
 * What a process of a large installation does. gateway: holds connections to Discord; inference: answers calls;
 * training: trains datasets; web: serves the page.
 */
export const ROLES = ['gateway', 'inference', 'training', 'web'] as const
export type Role = (typeof ROLES)[number]

/** What all roles of one process share. */
export type RoleContext = {
  readonly app: App
  readonly commands: CommandRegistry
  readonly serving: ServeConfig & { token: string }
  readonly log: Logger
  /** Aborted with the reason for which the process stops. */
  readonly stop: AbortController
  readonly settings: SettingsCache
  readonly blocks: Blocks
  readonly members: DiscordMembers
  /** Those of this process. */
  readonly roles: readonly Role[]
  /** What Prometheus can ask this process for. */
  readonly registry: Registry
}

export type RunningRole = {
  readonly name: Role
  /** Whether it does what it is for; left out: it does while it runs. */
  health?(): PartHealth
  /** What it is doing now. */
  work?(): { waiting?: number; calls?: number; trainings?: number }
  /** Those that it holds now. */
  shards?(): number[]
  /** How long draining may take, in milliseconds; left out: as long as for all. */
  finishMs?(): number
  /** Takes nothing new. Resolves once what has begun is done. */
  drain(): Promise<void>
  /** Ends what is left. */
  close(): Promise<void>
}
