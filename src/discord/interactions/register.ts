import { createHash } from 'node:crypto'
import type { BotContext } from '../context.ts'
import { describeCommands } from './command-descriptions.ts'

/** Tells Discord which commands there are, only when they changed: it takes 200 registrations a day. Resolves to whether they did. */
export async function registerCommands({ client, commands, app: { ttlStore } }: BotContext): Promise<boolean> {
  const descriptions = await describeCommands(commands)
  const hash = createHash('sha256').update(JSON.stringify(descriptions)).digest('hex')
  const key = `commands:${client.application.id}`
  if ((await ttlStore.get(key)) === hash) return false
  await client.application.commands.set(descriptions)
  await ttlStore.set(key, hash)
  return true
}
