import {
  type ButtonInteraction,
  type ChatInputCommandInteraction,
  type Interaction,
  type MessageContextMenuCommandInteraction,
  MessageFlags,
  type ModalSubmitInteraction,
  type StringSelectMenuInteraction,
} from 'discord.js'
import { commands } from '../../../commands/registry.ts'
import { UserError } from '../../errors.ts'
import { languages, wordsFor } from '../../locales/words.ts'
import type { Door } from '../context.ts'
import { suggest } from '../interactions/autocomplete.ts'
import { type Deed, fromId, toId } from '../interactions/components.ts'
import { labelForm, readForm, textForm } from '../interactions/modals.ts'
import { asksByForm, picturesOf } from '../interactions/names.ts'
import { readInput, toSource, uploadsOf } from '../interactions/options.ts'
import { consentTo, labelPost } from '../interactions/post-consent.ts'
import { type Answerable, explainTo, type Manner, respond } from '../interactions/respond.ts'
import { perform } from '../run-command.ts'

const mannerOf = (verb: string): Manner => {
  const { quiet = false, inPlace = false } = commands.find((c) => c.name === verb) ?? {}
  return { quiet, inPlace }
}

/** Every interaction comes through here, and every one is answered. */
export async function dispatch(door: Door, from: Interaction): Promise<void> {
  try {
    if (from.isAutocomplete()) return await suggest(door, from)
    if (door.isStopping && from.isRepliable())
      return void (await from.reply({
        content: explainTo(door, new UserError('busy.stopping', ''), wordsFor(from.locale)),
        flags: MessageFlags.Ephemeral,
      }))
    if (from.isChatInputCommand()) return await onCommand(door, from)
    if (from.isMessageContextMenuCommand()) return await onMenu(door, from)
    if (from.isModalSubmit()) return await onForm(door, from)
    if (from.isButton() || from.isStringSelectMenu()) return await onComponent(door, from)
  } catch (error) {
    if (from.isAutocomplete()) door.log.warn({ err: error }, 'no suggestions')
    else if (from.isRepliable() && !from.replied && !from.deferred) {
      const content = explainTo(door, error, wordsFor(from.locale))
      await from
        .reply({ content, flags: MessageFlags.Ephemeral })
        .catch((err) => door.log.warn({ err }, 'not answered'))
    } else door.log.error({ err: error }, 'our fault')
  }
}

async function onCommand(door: Door, from: ChatInputCommandInteraction): Promise<void> {
  const command = commands.find((c) => c.name === from.commandName)
  if (!command) throw new UserError('choice.expired', `Expected a command that is known, received ${from.commandName}`)
  const { options, pictures } = readInput(from, command, door.serving.mediaHosts)
  if (asksByForm(command) && pictures.length === 0) {
    const id = await toId(door.app, 'do', { verb: 'label', options: {} })
    return void (await from.showModal(labelForm(id, wordsFor(from.locale), String(options.label ?? ''))))
  }
  const needs = picturesOf(command)
  await respond(door, from, mannerOf(command.name), async (place, onProgress) => {
    if (needs && !needs.optional && pictures.length === 0) throw new UserError('picture.missing', 'Expected a picture')
    return perform(door, place, { verb: command.name, options, pictures }, onProgress)
  })
}

async function onMenu(door: Door, from: MessageContextMenuCommandInteraction): Promise<void> {
  if (from.commandName === languages.en.labelThis) return labelPost(door, from)
  await respond(door, from, { quiet: true }, async (place) => {
    const files = uploadsOf(from.targetMessage)
    if (files.length === 0) throw new UserError('picture.missing', 'Expected a message with a picture')
    const pictures = files.map((file) => toSource(file, door.serving.mediaHosts))
    return perform(door, place, { verb: 'predict', options: {}, pictures })
  })
}

async function onComponent(door: Door, from: ButtonInteraction | StringSelectMenuInteraction): Promise<void> {
  const chosen = from.isStringSelectMenu() ? from.values[0]! : ''
  if (from.customId.startsWith('yes|') || from.customId.startsWith('no|')) return consentTo(door, from)
  const id = from.customId.startsWith('any|') ? chosen : from.customId
  const { way, deed } = await fromId(door.app, id)
  if (way === 'ask') {
    const form = textForm(await toId(door.app, 'do', deed), wordsFor(from.locale))
    return void (await from.showModal(form))
  }
  await act(door, from, way === 'pick' && deed.fill ? fill(deed, chosen) : deed)
}

async function onForm(door: Door, from: ModalSubmitInteraction): Promise<void> {
  const { deed } = await fromId(door.app, from.customId)
  const { label, pictures } = readForm(from, door.serving.mediaHosts)
  if (deed.verb === 'label-post') return labelPost(door, from, deed, label)
  await act(door, from, deed.verb === 'label' ? fill({ ...deed, fill: 'label' }, label) : fill(deed, label), pictures)
}

const fill = (deed: Deed, value: string): Deed => ({
  ...deed,
  options: { ...deed.options, ...(deed.fill !== undefined && { [deed.fill]: value }) },
})

const act = (
  door: Door,
  from: Answerable,
  { verb, options }: Deed,
  pictures: Parameters<typeof perform>[2]['pictures'] = [],
) =>
  respond(door, from, mannerOf(verb), (place, onProgress) =>
    perform(door, place, { verb, options, pictures }, onProgress),
  )
