import type { App } from '../../src/app.ts'
import { type Choice, type CommandEvent, result } from '../../src/commands/define.ts'
import type { Results } from '../../src/commands/results.ts'
import { describeDatasets } from '../../src/db/dataset-changes.ts'
import { DEFAULT_DATASET, requireDataset } from '../../src/db/datasets.ts'
import { clearDataset, removeDataset } from '../../src/services/datasets.ts'
import { readSettings } from '../../src/services/settings.ts'

type Where = { app: App; server: string; by: string }
/** What is asked about before it is done. */
type Removal = 'empty' | 'delete'

type Described = Results['datasets']['datasets'][number] & { id: number }

/** A server's datasets, with the channels that use them. */
export async function readDatasets({ app, server }: Where): Promise<Described[]> {
  const { datasets } = await readSettings(app.db, server)
  const channels = Object.entries(datasets)
  return (await describeDatasets(app.db, server)).map((dataset) => ({
    ...dataset,
    channels: channels.filter(([, name]) => name === dataset.name).map(([channel]) => channel),
  }))
}

/** Throws UserError dataset.* */
export async function readOne(where: Where, name: string): Promise<Described> {
  const { id } = await requireDataset(where.app.db, where.server, name)
  const found = (await readDatasets(where)).find((dataset) => dataset.id === id)
  // Deleted between the two: said as if it had been before.
  return found ?? readOne(where, name)
}

/** @param all whether it is the list, of which one can be chosen */
export function showDatasets(datasets: Described[], all: boolean): CommandEvent {
  const shown = datasets.map(({ id: _, ...dataset }) => dataset)
  const names = shown.map(({ name }) => name)
  const [one] = shown
  if (all) {
    const fill = { option: 'name', from: names }
    const choose: Choice = { key: 'chooseDataset', command: 'datasets', options: {}, fill }
    const again = { command: 'datasets', options: {} }
    return result('datasets', { datasets: shown }, { again, choices: names.length > 0 ? [choose] : [] })
  }
  return result('datasets', { datasets: shown }, { choices: one ? choicesFor(one.name) : [] })
}

function choicesFor(name: string): Choice[] {
  const act = (action: string) => ({ command: 'datasets', options: { action, name } })
  const copy: Choice = { key: 'copyDataset', ...act('copy'), fill: { option: 'to' } }
  const empty: Choice = { key: 'emptyDataset', ...act('empty') }
  if (name === DEFAULT_DATASET) return [copy, empty]
  const rename: Choice = { key: 'renameDataset', ...act('rename'), fill: { option: 'to' } }
  return [rename, copy, empty, { key: 'deleteDataset', ...act('delete') }]
}

/** The button names it by id: another one may have its name by then. */
export function askAbout(action: Removal, { id, ...dataset }: Described): CommandEvent {
  const options = { action, name: dataset.name, id }
  const key = action === 'empty' ? 'emptyDataset' : 'deleteDataset'
  return result('datasetAsk', { action, dataset }, { choices: [{ key, command: 'change-dataset', options }] })
}

export async function* carryOut(where: Where, action: Removal, dataset: Described): AsyncGenerator<CommandEvent> {
  const { app, server, by } = where
  const target = { server, name: dataset.name, by }
  yield* action === 'empty' ? clearDataset(app, target) : removeDataset(app, target)
  const { id: _, ...was } = dataset
  yield result('datasetRemoved', { action, dataset: was })
}
