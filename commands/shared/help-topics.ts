import type { Command } from '../../src/commands/define.ts'
import type { HelpTopic } from '../../src/commands/results.ts'
import type { Access } from '../../src/services/permissions.ts'

/** In the order in which help shows them. */
export const HELP_TOPICS = [
  'asking',
  'adding',
  'review',
  'training',
  'server',
  'privacy',
] as const satisfies readonly HelpTopic[]

/** What is not named here belongs to the topic of who may use it. */
const BY_NAME: Record<string, HelpTopic> = {
  labels: 'adding',
  undo: 'adding',
  stats: 'training',
  rollback: 'training',
  backbone: 'training',
  report: 'review',
  help: 'privacy',
  privacy: 'privacy',
  forget: 'privacy',
  export: 'privacy',
  ignore: 'privacy',
}
const BY_ACCESS: Record<Access, HelpTopic> = {
  member: 'asking',
  teacher: 'adding',
  trainer: 'training',
  reviewer: 'review',
  manager: 'server',
  owner: 'server',
  operator: 'server',
}

export const topicOf = ({ name, access }: Command): HelpTopic => BY_NAME[name] ?? BY_ACCESS[access]
