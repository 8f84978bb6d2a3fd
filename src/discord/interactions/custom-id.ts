import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import type { App } from '../../app.ts'
import { UserError } from '../../errors.ts'

/** Discord's limit for a custom id, in characters. */
const MAX_CUSTOM_ID = 100
/** An action that is too long for a custom id is stored for this long. */
const STORED_ACTION_TTL_MS = 30 * 24 * 3600_000

/** What a component does: a command with its options, and the one option that a list or a form fills in. */
const ComponentAction = z.object({
  command: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  fill: z.string().optional(),
})
export type ComponentAction = z.infer<typeof ComponentAction>

/** Until version 0.2 stored actions had `verb` for `command`. */
const StoredAction = z.preprocess((stored) => {
  const { verb, ...rest } = z.looseObject({ verb: z.unknown().optional() }).parse(stored)
  return verb === undefined ? rest : { command: verb, ...rest }
}, ComponentAction)

/** `do`: at once. `pick`: with the value that is chosen from a list. `ask`: with the text that a form asks for. */
const Mode = z.enum(['do', 'pick', 'ask'])
type Mode = z.infer<typeof Mode>

const storeKey = (key: string): string => `deed:${key}`

/** An action as the custom id of a component: written into the id if it fits, stored in the database otherwise. */
export const encodeCustomId = async (app: App, mode: Mode, action: ComponentAction): Promise<string> =>
  `${mode}|${await encodeAction(app, action, MAX_CUSTOM_ID - `${mode}|`.length)}`

/** @param max characters that are left for it */
async function encodeAction({ ttlStore }: App, action: ComponentAction, max: number): Promise<string> {
  const { command, options, fill } = action
  const inline = JSON.stringify(fill === undefined ? [command, options] : [command, options, fill])
  if (inline.length <= max) return inline
  const key = randomUUID()
  await ttlStore.set(storeKey(key), action, STORED_ACTION_TTL_MS)
  return `~${key}`
}

/** Throws UserError choice.expired */
async function decodeAction({ ttlStore }: App, body: string): Promise<ComponentAction> {
  try {
    if (body.startsWith('~')) return StoredAction.parse(await ttlStore.get(storeKey(body.slice(1))))
    const [command, options, fill] = z.array(z.unknown()).parse(JSON.parse(body))
    return ComponentAction.parse({ command, options, fill })
  } catch (error) {
    throw tooOld(error)
  }
}

const tooOld = (cause?: unknown): UserError =>
  new UserError('choice.expired', 'Expected a known button, received another', {}, { cause })

/** Reads ids of messages of any age. Throws UserError choice.expired */
export async function decodeCustomId(app: App, customId: string): Promise<{ mode: Mode; action: ComponentAction }> {
  const separator = customId.indexOf('|')
  const { data: mode, error } = Mode.safeParse(customId.slice(0, separator))
  if (error) throw tooOld(error)
  return { mode, action: await decodeAction(app, customId.slice(separator + 1)) }
}

/** Characters before the action: `page|`, a number, and `|`. */
const PAGE_PREFIX_LENGTH = 16
const PAGE_ID = /^page\|(\d+)\|(.+)$/s
export const isPageId = (customId: string): boolean => PAGE_ID.test(customId)

/** For each of some pages the id of the button that shows it: of the command that is asked again for it. */
export async function encodePageIds(app: App, action: ComponentAction, pages: number[]): Promise<string[]> {
  const body = await encodeAction(app, action, MAX_CUSTOM_ID - PAGE_PREFIX_LENGTH)
  return pages.map((page) => `page|${page}|${body}`)
}

/** Throws UserError choice.expired */
export async function decodePageId(app: App, customId: string): Promise<{ page: number; action: ComponentAction }> {
  const [, page, body = ''] = PAGE_ID.exec(customId) ?? []
  return { page: Number(page), action: await decodeAction(app, body) }
}

/** An action with the value that a list or a form gave for its open option. */
export const fillIn = (action: ComponentAction, value: string): ComponentAction =>
  action.fill === undefined ? action : { ...action, options: { ...action.options, [action.fill]: value } }

const GROUPED = 'any|'
/** The id of a list whose values are custom ids themselves. @param kind unique within a message */
export const groupedListId = (kind: string): string => GROUPED + kind
export const isGroupedList = (customId: string): boolean => customId.startsWith(GROUPED)
