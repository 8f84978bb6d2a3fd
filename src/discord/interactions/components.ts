import { randomUUID } from 'node:crypto'
import { ActionRowBuilder, ButtonBuilder, ButtonStyle, StringSelectMenuBuilder } from 'discord.js'
import { z } from 'zod'
import type { App } from '../../app.ts'
import type { Choice } from '../../commands/define.ts'
import { UserError } from '../../errors.ts'
import type { Words } from '../../locales/words.ts'

const LONGEST_ID = 100
const LONGEST_TEXT = 80
/** What does not fit into a button's id is kept so long, in milliseconds. */
const KEPT = 30 * 24 * 3600_000
const STYLES: Partial<Record<Choice['key'], ButtonStyle>> = {
  right: ButtonStyle.Success,
  forgetAll: ButtonStyle.Danger,
  train: ButtonStyle.Primary,
  keep: ButtonStyle.Success,
  moveTo: ButtonStyle.Primary,
  exclude: ButtonStyle.Danger,
  withdraw: ButtonStyle.Danger,
}

/** What a component does: a command with its options, and the one that a list or a form fills in. */
const ComponentAction = z.object({
  command: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  fill: z.string().optional(),
})
export type ComponentAction = z.infer<typeof ComponentAction>
/** Until version 0.2 the database held `verb` for `command`. */
const StoredAction = z.preprocess((stored) => {
  const { verb, ...rest } = z.looseObject({ verb: z.unknown() }).parse(stored)
  return verb === undefined ? rest : { command: verb, ...rest }
}, ComponentAction)

/** `do`: at once. `pick`: the chosen value is filled in. `ask`: a form fills in. (`any`: the chosen value is an id.) */
type Way = 'do' | 'pick' | 'ask'
type Row = ActionRowBuilder<ButtonBuilder> | ActionRowBuilder<StringSelectMenuBuilder>

/** An action as a component's id: written into the id where it fits, kept in the database where not. */
export async function encodeCustomId({ ttlStore }: App, way: Way, action: ComponentAction): Promise<string> {
  const inside = `${way}|${JSON.stringify([action.command, action.options, ...(action.fill === undefined ? [] : [action.fill])])}`
  if (inside.length <= LONGEST_ID) return inside
  const key = randomUUID()
  await ttlStore.set(`deed:${key}`, action, KEPT)
  return `${way}|~${key}`
}

/** Throws UserError choice.expired */
export async function decodeCustomId({ ttlStore }: App, id: string): Promise<{ way: string; action: ComponentAction }> {
  const [, way, rest] = /^(\w+)\|(.*)$/s.exec(id) ?? []
  try {
    if (rest?.startsWith('~'))
      return { way: way!, action: StoredAction.parse(await ttlStore.get(`deed:${rest.slice(1)}`)) }
    const [command, options, fill] = JSON.parse(rest!)
    return { way: way!, action: ComponentAction.parse({ command, options, fill }) }
  } catch (error) {
    throw new UserError('choice.expired', 'Expected a button that is known, received another', {}, { cause: error })
  }
}

/** The rows below one answer: lists in rows of their own, buttons side by side. */
export async function choiceRows(app: App, choices: Choice[], words: Words): Promise<Row[]> {
  const buttons: ButtonBuilder[] = []
  const lists: Row[] = []
  for (const { key, about, command, options, fill } of choices) {
    const action = { command, options, fill: fill?.option }
    // A longer one can be typed.
    const from = fill?.from?.filter((value) => value.length <= LONGEST_ID)
    if (from?.length === 0) continue
    if (from) lists.push(list(await encodeCustomId(app, 'pick', action), words.choices[key], from))
    else
      buttons.push(
        button(
          await encodeCustomId(app, fill ? 'ask' : 'do', action),
          [words.choices[key], about].filter(Boolean).join(' '),
          STYLES[key],
        ),
      )
  }
  const row = buttons.length > 0 ? [new ActionRowBuilder<ButtonBuilder>().addComponents(buttons)] : []
  return [...lists, ...row]
}

/** The rows below many answers: a list a kind of choice, each of which names the answer that it is about. */
export async function groupedChoiceRows(
  app: App,
  results: { name: string; choices: Choice[] }[],
  words: Words,
): Promise<Row[]> {
  const kinds = [...new Set(results.flatMap((a) => a.choices.map((c) => c.key)))]
  return Promise.all(
    kinds.map(async (key) => {
      const options = results.flatMap(({ name, choices }) =>
        choices
          .filter((c) => c.key === key && !c.fill)
          .map((c) => ({ name, action: { command: c.command, options: c.options } })),
      )
      const from = await Promise.all(
        options.map(async ({ name, action }) => ({ name, value: await encodeCustomId(app, 'do', action) })),
      )
      return list(`any|${key}`, words.choices[key], from)
    }),
  )
}

function button(id: string, text: string, style = ButtonStyle.Secondary): ButtonBuilder {
  return new ButtonBuilder().setCustomId(id).setLabel(text.slice(0, LONGEST_TEXT)).setStyle(style)
}

function list(id: string, text: string, from: (string | { name: string; value: string })[]): Row {
  const options = from.map((o) => (typeof o === 'string' ? { name: o, value: o } : o))
  const menu = new StringSelectMenuBuilder().setCustomId(id).setPlaceholder(text)
  menu.addOptions(options.map(({ name, value }) => ({ label: name.slice(0, LONGEST_ID), value })))
  return new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(menu)
}
