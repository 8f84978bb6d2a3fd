import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  ChannelSelectMenuBuilder,
  RoleSelectMenuBuilder,
  StringSelectMenuBuilder,
} from 'discord.js'
import type { App } from '../../app.ts'
import type { Choice } from '../../commands/define.ts'
import type { Words } from '../../locales/words.ts'
import type { Row } from '../cards/card.ts'
import { cutText } from '../cut-text.ts'
import { encodeCustomId, groupedListId } from './custom-id.ts'
import { WATCHABLE_CHANNELS } from './option-descriptions.ts'

/** Discord's limits, in characters: a list's entry and its value, a button's label. */
const MAX_ENTRY = 100
const MAX_BUTTON_LABEL = 80
/** Entries of a list, and buttons side by side: Discord's limits. */
const MAX_ENTRIES = 25
const MAX_BUTTONS = 5

const STYLES: Partial<Record<Choice['key'], ButtonStyle>> = {
  right: ButtonStyle.Success,
  forgetAll: ButtonStyle.Danger,
  train: ButtonStyle.Primary,
  useBoth: ButtonStyle.Primary,
  keep: ButtonStyle.Success,
  moveTo: ButtonStyle.Primary,
  exclude: ButtonStyle.Danger,
  withdraw: ButtonStyle.Danger,
  deleteLabel: ButtonStyle.Danger,
  removeThem: ButtonStyle.Danger,
  cleanUp: ButtonStyle.Danger,
  moveAll: ButtonStyle.Primary,
  keepAll: ButtonStyle.Success,
  excludeAll: ButtonStyle.Danger,
  addFirst: ButtonStyle.Primary,
}

type Entry = { label: string; value: string }

/** The rows below one result: each list in a row of its own, buttons side by side. */
export async function choiceRows(app: App, choices: Choice[], words: Words): Promise<Row[]> {
  const rows: Row[] = []
  const buttons: ButtonBuilder[] = []
  for (const choice of choices) {
    if (choice.fill?.pick) {
      rows.push(await pickerRow(app, choice, { pick: choice.fill.pick, placeholder: words.choices[choice.key] }))
      continue
    }
    if (!choice.fill?.from) {
      buttons.push(await choiceButton(app, choice, words))
      continue
    }
    // Longer values, and those that come after, can be typed.
    const values = choice.fill.from.filter((value) => value.length <= MAX_ENTRY).slice(0, MAX_ENTRIES)
    if (values.length === 0) continue
    const customId = await encodeCustomId(app, 'pick', actionOf(choice))
    const { option, isOurs } = choice.fill
    const said = isOurs ? words.values[option] : undefined
    const entries = values.map((value) => ({ label: said?.[value] ?? value, value }))
    rows.push(listRow(customId, words.choices[choice.key], entries))
  }
  for (let i = 0; i < buttons.length; i += MAX_BUTTONS)
    rows.push(new ActionRowBuilder<ButtonBuilder>().addComponents(buttons.slice(i, i + MAX_BUTTONS)))
  return rows
}

/** The rows below several results: a list for each kind of choice, whose entries name the result that they are about. */
export function groupedChoiceRows(
  app: App,
  results: { name: string; choices: Choice[] }[],
  words: Words,
): Promise<Row[]> {
  const kinds = [...new Set(results.flatMap(({ choices }) => choices.map((c) => c.key)))]
  return Promise.all(
    kinds.map(async (kind) => {
      const choices = results.flatMap(({ name, choices }) =>
        choices.filter((c) => c.key === kind && !c.fill).map((choice) => ({ name, choice })),
      )
      const entries = choices.map(async ({ name, choice }) => ({
        label: name,
        value: await encodeCustomId(app, 'do', actionOf(choice)),
      }))
      return listRow(groupedListId(kind), words.choices[kind], await Promise.all(entries))
    }),
  )
}

function actionOf({ command, options, fill }: Choice) {
  return fill ? { command, options, fill: fill.option } : { command, options }
}

async function choiceButton(app: App, choice: Choice, words: Words): Promise<ButtonBuilder> {
  const customId = await encodeCustomId(app, choice.fill ? 'ask' : 'do', actionOf(choice))
  const label = [words.choices[choice.key], choice.about].filter(Boolean).join(' ')
  return new ButtonBuilder()
    .setCustomId(customId)
    .setLabel(cutText(label, MAX_BUTTON_LABEL))
    .setStyle(STYLES[choice.key] ?? ButtonStyle.Secondary)
}

type Picker = { pick: 'role' | 'channel'; placeholder: string }

/** A list of what the server has, which Discord fills. */
async function pickerRow(app: App, choice: Choice, { pick, placeholder }: Picker): Promise<Row> {
  const customId = await encodeCustomId(app, 'pick', actionOf(choice))
  if (pick === 'role') {
    const list = new RoleSelectMenuBuilder().setCustomId(customId).setPlaceholder(placeholder)
    return new ActionRowBuilder<RoleSelectMenuBuilder>().addComponents(list)
  }
  const list = new ChannelSelectMenuBuilder().setCustomId(customId).setPlaceholder(placeholder)
  list.setChannelTypes(WATCHABLE_CHANNELS)
  return new ActionRowBuilder<ChannelSelectMenuBuilder>().addComponents(list)
}

function listRow(customId: string, placeholder: string, entries: Entry[]): Row {
  const list = new StringSelectMenuBuilder().setCustomId(customId).setPlaceholder(placeholder)
  list.addOptions(entries.map(({ label, value }) => ({ label: cutText(label, MAX_ENTRY), value })))
  return new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(list)
}
