import type { AutocompleteInteraction } from 'discord.js'
import type { App } from '../../app.ts'
import type { Option } from '../../commands/options.ts'
import { listDatasets, openDataset } from '../../db/datasets.ts'
import { countLabels } from '../../db/labels.ts'
import { listVersions } from '../../db/versions.ts'
import { datasetFor, readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { optionName } from './names.ts'

/** Discord's limits: suggestions at once, characters of each. */
const MAX_SUGGESTIONS = 25
const MAX_LENGTH = 100
/** `2026-07-01T12:30` of an ISO time. */
const MINUTE_LENGTH = 16

type Suggestion = { name: string; value: string }
type Kind = NonNullable<Option['suggest']>

/** Suggests what exists while a name is typed: what begins with the typed text comes first. */
export async function autocomplete({ app, commands }: BotContext, from: AutocompleteInteraction): Promise<void> {
  const focused = from.options.getFocused(true)
  const options = Object.entries(commands.find(from.commandName, 'discord')?.options ?? {})
  const kind = options.find(([name]) => optionName(name) === focused.name)?.[1].suggest
  const { guildId: server } = from
  if (!kind || !server) return from.respond([])
  const settings = await readSettings(app.db, server)
  const name = datasetFor(settings, from.channelId, parentOf(from.channel))
  const dataset = await openDataset(app.db, { server, name, create: true })
  const typed = focused.value.toLowerCase()
  const startsLater = ({ value }: Suggestion): number => (value.toLowerCase().startsWith(typed) ? 0 : 1)
  const matching = (await suggestionsOf(app, kind, { server, dataset }))
    .filter(({ value }) => value.length <= MAX_LENGTH && value.toLowerCase().includes(typed))
    .sort((a, b) => startsLater(a) - startsLater(b))
  await from.respond(matching.slice(0, MAX_SUGGESTIONS))
}

function suggestionsOf(
  app: App,
  kind: Kind,
  { server, dataset }: { server: string; dataset: number },
): Promise<Suggestion[]> {
  switch (kind) {
    case 'datasets':
      return suggestDatasets(app, server)
    case 'versions':
      return suggestVersions(app, dataset)
    case 'labels':
      return suggestLabels(app, dataset)
  }
}

async function suggestDatasets({ db }: App, server: string): Promise<Suggestion[]> {
  return (await listDatasets(db, server)).map(({ name }) => ({ name, value: name }))
}

/** The latest first. */
async function suggestVersions({ db }: App, dataset: number): Promise<Suggestion[]> {
  const versions = (await listVersions(db, dataset)).reverse()
  return versions.map(({ number, madeAt }) => ({
    name: `${number} · ${madeAt.slice(0, MINUTE_LENGTH).replace('T', ' ')}`,
    value: String(number),
  }))
}

async function suggestLabels({ db }: App, dataset: number): Promise<Suggestion[]> {
  return (await countLabels(db, dataset)).map(({ label, examples }) => {
    const count = ` (${examples})`
    return { name: label.slice(0, MAX_LENGTH - count.length) + count, value: label }
  })
}
