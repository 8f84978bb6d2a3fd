import type { AutocompleteInteraction } from 'discord.js'
import type { App } from '../../app.ts'
import type { Option } from '../../commands/options.ts'
import { listDatasets } from '../../db/datasets.ts'
import { listDeletedLabels } from '../../db/deleted-labels.ts'
import { countLabels } from '../../db/labels.ts'
import { listLatestVersions } from '../../db/versions.ts'
import { findBy } from '../../label.ts'
import { isAllowed } from '../../services/permissions.ts'
import { datasetFor, readSettings } from '../../services/settings.ts'
import { listTimeZones } from '../../services/time-zones.ts'
import type { BotContext } from '../context.ts'
import { cutText } from '../cut-text.ts'
import { memberOf, parentOf } from '../member.ts'
import { optionName } from './names.ts'

/** Discord's limits: suggestions at once, characters of each. */
const MAX_SUGGESTIONS = 25
const MAX_LENGTH = 100
/** Versions that what is typed is compared with. */
const MAX_LISTED = 1000
/** `2026-07-01T12:30` of an ISO time. */
const MINUTE_LENGTH = 16

type Suggestion = { name: string; value: string }
type Kind = NonNullable<Option['suggest']>

/** Suggests to those who may use the command what exists while they type a name: what begins with it comes first. */
export async function autocomplete(bot: BotContext, from: AutocompleteInteraction): Promise<void> {
  const { app, client, commands } = bot
  const focused = from.options.getFocused(true)
  const command = await commands.find(from.commandName, 'discord')
  const options = Object.entries(command?.options ?? {})
  const kind = options.find(([name]) => optionName(name) === focused.name)?.[1].suggest
  const { guildId: server } = from
  if (!command || !kind || !server || !client.guilds.cache.has(server)) return from.respond([])
  const settings = await readSettings(app.db, server)
  // Members see the labels that there are; who may bring others back sees those.
  const access = kind === 'deletedLabels' ? 'teacher' : command.access
  if (!isAllowed(settings, memberOf(from), access)) return from.respond([])
  const name = datasetFor(settings, from.channelId, parentOf(from.channel))
  const dataset = (await listDatasets(app.db, server)).find((d) => d.name === name)?.id
  const typed = findBy(focused.value)
  const startsLater = ({ value }: Suggestion): number => (findBy(value).startsWith(typed) ? 0 : 1)
  const matching = (await suggestionsOf(app, kind, { server, dataset }))
    .filter(({ value }) => value.length <= MAX_LENGTH && findBy(value).includes(typed))
    .sort((a, b) => startsLater(a) - startsLater(b))
  await from.respond(matching.slice(0, MAX_SUGGESTIONS))
}

async function suggestionsOf(
  app: App,
  kind: Kind,
  { server, dataset }: { server: string; dataset: number | undefined },
): Promise<Suggestion[]> {
  if (kind === 'datasets') return suggestDatasets(app, server)
  if (kind === 'timeZones') return suggestTimeZones()
  // Nothing was added yet: to type a name makes no dataset.
  if (dataset === undefined) return []
  switch (kind) {
    case 'versions':
      return suggestVersions(app, dataset)
    case 'labels':
      return suggestLabels(app, dataset)
    case 'deletedLabels':
      return suggestDeletedLabels(app, dataset)
  }
}

async function suggestDatasets({ db }: App, server: string): Promise<Suggestion[]> {
  return (await listDatasets(db, server)).map(({ name }) => ({ name, value: name }))
}

/** With what their clocks say now. */
function suggestTimeZones(): Suggestion[] {
  const now = new Date()
  return listTimeZones().map((zone) => {
    const clock = now.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' })
    return { name: `${zone} · ${clock}`, value: zone }
  })
}

/** The latest first. */
async function suggestVersions({ db }: App, dataset: number): Promise<Suggestion[]> {
  const versions = await listLatestVersions(db, dataset, MAX_LISTED)
  return versions.map(({ number, madeAt }) => ({
    name: `${number} · ${madeAt.slice(0, MINUTE_LENGTH).replace('T', ' ')}`,
    value: String(number),
  }))
}

/** The last one first, with how many days are left. */
async function suggestDeletedLabels({ db }: App, dataset: number): Promise<Suggestion[]> {
  const labels = await listDeletedLabels(db, dataset)
  const names = new Set(labels.map(({ label }) => label))
  return [...names].flatMap((name) => {
    const last = labels.find(({ label }) => label === name)
    const about = last ? ` (${last.examples}) · ${last.daysLeft} d` : ''
    return { name: cutText(name, MAX_LENGTH - about.length) + about, value: name }
  })
}

async function suggestLabels({ db }: App, dataset: number): Promise<Suggestion[]> {
  return (await countLabels(db, dataset)).map(({ label, examples }) => {
    const count = ` (${examples})`
    return { name: cutText(label, MAX_LENGTH - count.length) + count, value: label }
  })
}
