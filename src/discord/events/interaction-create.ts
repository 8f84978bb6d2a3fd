import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import { UserError } from '../../errors.ts'
import { languages, wordsFor } from '../../locales/languages.ts'
import type { BotContext } from '../context.ts'
import { autocomplete } from '../interactions/autocomplete.ts'
import { type ComponentAction, decodeCustomId, encodeCustomId } from '../interactions/components.ts'
import { labelForm, readForm, textForm } from '../interactions/modals.ts'
import { asksByForm, picturesOf } from '../interactions/names.ts'
import { readInput, toSource, uploadsOf } from '../interactions/options.ts'
import { labelPost, onConsent } from '../interactions/post-consent.ts'
import { type Answerable, describeErrorTo, type ResponseOptions, respond } from '../interactions/respond.ts'
import { runCommand } from '../run-command.ts'

const responseOptionsOf = ({ commands }: BotContext, name: string): ResponseOptions => {
  const { isPrivate = false, updatesInPlace = false } = commands.find(name, 'discord') ?? {}
  return { isPrivate, updatesInPlace }
}

/** Every interaction comes through here, and every one is answered. */
export async function onInteraction(bot: BotContext, from: Interaction): Promise<void> {
  try {
    if (from.isAutocomplete()) return await autocomplete(bot, from)
    if (bot.isStopping && from.isRepliable())
      return void (await from.reply({
        content: describeErrorTo(bot, new UserError('busy.stopping', ''), wordsFor(from.locale)),
        flags: MessageFlags.Ephemeral,
      }))
    if (from.isChatInputCommand()) return await onCommand(bot, from)
    if (from.isMessageContextMenuCommand()) return await onMenu(bot, from)
    if (from.isModalSubmit()) return await onForm(bot, from)
    if (from.isButton() || from.isStringSelectMenu()) return await onComponent(bot, from)
  } catch (error) {
    if (from.isAutocomplete()) bot.log.warn({ err: error }, 'no suggestions')
    else if (from.isRepliable() && !from.replied && !from.deferred) {
      const content = describeErrorTo(bot, error, wordsFor(from.locale))
      await from.reply({ content, flags: MessageFlags.Ephemeral }).catch((err) => bot.log.warn({ err }, 'not answered'))
    } else bot.log.error({ err: error }, 'our fault')
  }
}

async function onCommand(bot: BotContext, from: ChatInputCommandInteraction): Promise<void> {
  const command = bot.commands.find(from.commandName, 'discord')
  if (!command) throw new UserError('choice.expired', `Expected a command that is known, received ${from.commandName}`)
  const { options, pictures } = readInput(from, command, bot.serving.mediaHosts)
  if (asksByForm(command) && pictures.length === 0) {
    const id = await encodeCustomId(bot.app, 'do', { command: 'label', options: {} })
    return void (await from.showModal(labelForm(id, wordsFor(from.locale), String(options.label ?? ''))))
  }
  const needs = picturesOf(command)
  await respond(bot, from, responseOptionsOf(bot, command.name), async (place, onProgress) => {
    if (needs && !needs.optional && pictures.length === 0) throw new UserError('picture.missing', 'Expected a picture')
    return runCommand(bot, place, { command: command.name, options, pictures }, onProgress)
  })
}

async function onMenu(bot: BotContext, from: MessageContextMenuCommandInteraction): Promise<void> {
  if (from.commandName === languages.en.labelThis) return labelPost(bot, from)
  await respond(bot, from, { isPrivate: true }, async (place) => {
    const files = uploadsOf(from.targetMessage)
    if (files.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
    const pictures = files.map((file) => toSource(file, bot.serving.mediaHosts))
    return runCommand(bot, place, { command: 'predict', options: {}, pictures })
  })
}

async function onComponent(bot: BotContext, from: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
  const chosen = from.isStringSelectMenu() ? from.values[0]! : ''
  if (from.customId.startsWith('yes|') || from.customId.startsWith('no|')) return onConsent(bot, from)
  const id = from.customId.startsWith('any|') ? chosen : from.customId
  const { way, action } = await decodeCustomId(bot.app, id)
  if (way === 'ask') {
    const form = textForm(await encodeCustomId(bot.app, 'do', action), wordsFor(from.locale))
    return void (await from.showModal(form))
  }
  await act(bot, from, way === 'pick' && action.fill ? fill(action, chosen) : action)
}

async function onForm(bot: BotContext, from: ModalSubmitInteraction): Promise<void> {
  const { action } = await decodeCustomId(bot.app, from.customId)
  const { label, pictures } = readForm(from, bot.serving.mediaHosts)
  if (action.command === 'label-post') return labelPost(bot, from, action, label)
  await act(
    bot,
    from,
    action.command === 'label' ? fill({ ...action, fill: 'label' }, label) : fill(action, label),
    pictures,
  )
}

const fill = (action: ComponentAction, value: string): ComponentAction => ({
  ...action,
  options: { ...action.options, ...(action.fill !== undefined && { [action.fill]: value }) },
})

const act = (
  bot: BotContext,
  from: Answerable,
  { command, options }: ComponentAction,
  pictures: Parameters<typeof runCommand>[2]['pictures'] = [],
) =>
  respond(bot, from, responseOptionsOf(bot, command), (place, onProgress) =>
    runCommand(bot, place, { command, options, pictures }, onProgress),
  )
