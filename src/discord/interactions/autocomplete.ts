import type { AutocompleteInteraction } from 'discord.js'
import { listDatasets, openDataset } from '../../db/datasets.ts'
import { countLabels } from '../../db/labels.ts'
import { listVersions } from '../../db/versions.ts'
import { datasetFor, readSettings } from '../../services/settings.ts'
import type { BotContext } from '../context.ts'
import { parentOf } from '../member.ts'
import { optionName } from './names.ts'

const MOST = 25
const LONGEST = 100

type Offer = { name: string; value: string }

/** Offers what exists while it is typed: what begins with it first. */
export async function autocomplete({ app, commands }: BotContext, from: AutocompleteInteraction): Promise<void> {
  const { name: typed, value } = from.options.getFocused(true)
  const command = commands.find(from.commandName, 'discord')
  const option = Object.entries(command?.options ?? {}).find(([name]) => optionName(name) === typed)?.[1]
  if (!option?.suggest || !from.guildId) return from.respond([])
  const settings = await readSettings(app.db, from.guildId)
  const dataset = await openDataset(
    app.db,
    from.guildId,
    datasetFor(settings, from.channelId, parentOf(from.channel)),
    true,
  )
  const wanted = value.toLowerCase()
  const rank = ({ value }: Offer): number => Number(!value.toLowerCase().startsWith(wanted))
  const all = await offers(app, from.guildId, dataset, option.suggest)
  const fitting = all.filter((o) => o.value.toLowerCase().includes(wanted)).sort((a, b) => rank(a) - rank(b))
  await from.respond(fitting.filter((o) => o.value.length <= LONGEST).slice(0, MOST))
}

async function offers(app: BotContext['app'], server: string, dataset: number, what: string): Promise<Offer[]> {
  if (what === 'datasets') return (await listDatasets(app.db, server)).map(({ name }) => ({ name, value: name }))
  if (what === 'versions')
    return (await listVersions(app.db, dataset)).reverse().map(({ number, madeAt }) => ({
      name: `${number} · ${madeAt.slice(0, 16).replace('T', ' ')}`,
      value: `${number}`,
    }))
  return (await countLabels(app.db, dataset)).map(({ label, examples }) => {
    const count = ` (${examples})`
    return { name: label.slice(0, LONGEST - count.length) + count, value: label }
  })
}
