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
const STYLES: Partial<Record<Choice['word'], ButtonStyle>> = {
  right: ButtonStyle.Success,
  forgetAll: ButtonStyle.Danger,
  train: ButtonStyle.Primary,
  keep: ButtonStyle.Success,
  moveTo: ButtonStyle.Primary,
  exclude: ButtonStyle.Danger,
  withdraw: ButtonStyle.Danger,
}

/** What a component does: the verb and its options, and which one more a list or a form fills in. */
const Deed = z.object({
  verb: z.string(),
  options: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  fill: z.string().optional(),
})
export type Deed = z.infer<typeof Deed>

/** `do`: at once. `pick`: the chosen value is filled in. `ask`: a form fills in. (`any`: the chosen value is an id.) */
type Way = 'do' | 'pick' | 'ask'
type Row = ActionRowBuilder<ButtonBuilder> | ActionRowBuilder<StringSelectMenuBuilder>

/** A deed as a component's id; inside it where it fits, kept in the database where not. */
export async function toId({ expiring }: App, way: Way, deed: Deed): Promise<string> {
  const inside = `${way}|${JSON.stringify([deed.verb, deed.options, ...(deed.fill === undefined ? [] : [deed.fill])])}`
  if (inside.length <= LONGEST_ID) return inside
  const key = randomUUID()
  await expiring.set(`deed:${key}`, deed, KEPT)
  return `${way}|~${key}`
}

/** Throws UserError choice.expired */
export async function fromId({ expiring }: App, id: string): Promise<{ way: string; deed: Deed }> {
  const [, way, rest] = /^(\w+)\|(.*)$/s.exec(id) ?? []
  try {
    if (rest?.startsWith('~')) return { way: way!, deed: Deed.parse(await expiring.get(`deed:${rest.slice(1)}`)) }
    const [verb, options, fill] = JSON.parse(rest!)
    return { way: way!, deed: Deed.parse({ verb, options, fill }) }
  } catch (error) {
    throw new UserError('choice.expired', 'Expected a button that is known, received another', {}, { cause: error })
  }
}

/** The rows below one answer: lists in rows of their own, buttons side by side. */
export async function toRows(app: App, choices: Choice[], words: Words): Promise<Row[]> {
  const buttons: ButtonBuilder[] = []
  const lists: Row[] = []
  for (const { word, about, verb, options, fill } of choices) {
    const deed = { verb, options, fill: fill?.option }
    // A longer one can be typed.
    const from = fill?.from?.filter((value) => value.length <= LONGEST_ID)
    if (from?.length === 0) continue
    if (from) lists.push(list(await toId(app, 'pick', deed), words.choices[word], from))
    else
      buttons.push(
        button(
          await toId(app, fill ? 'ask' : 'do', deed),
          [words.choices[word], about].filter(Boolean).join(' '),
          STYLES[word],
        ),
      )
  }
  const row = buttons.length > 0 ? [new ActionRowBuilder<ButtonBuilder>().addComponents(buttons)] : []
  return [...lists, ...row]
}

/** The rows below many answers: a list a kind of choice, each of which names the answer that it is about. */
export async function toLists(app: App, answers: { name: string; choices: Choice[] }[], words: Words): Promise<Row[]> {
  const kinds = [...new Set(answers.flatMap((a) => a.choices.map((c) => c.word)))]
  return Promise.all(
    kinds.map(async (word) => {
      const options = answers.flatMap(({ name, choices }) =>
        choices
          .filter((c) => c.word === word && !c.fill)
          .map((c) => ({ name, deed: { verb: c.verb, options: c.options } })),
      )
      const from = await Promise.all(
        options.map(async ({ name, deed }) => ({ name, value: await toId(app, 'do', deed) })),
      )
      return list(`any|${word}`, words.choices[word], from)
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
