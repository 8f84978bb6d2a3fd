import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inEnglish } from './say.ts'

type Dataset = Results['datasets']['datasets'][number]

export function datasetsResults(m: Markup) {
  const { and, command, count } = inEnglish(m)
  const contents = ({ labels, examples }: Dataset): string =>
    `${count(labels, 'label')} and ${count(examples, 'picture')}`
  const channels = (ids: string[]): string => and(ids.map(m.channel))

  return {
    datasets: ({ datasets }) => ({
      headline: datasets.length === 0 ? 'There are no datasets yet.' : `${count(datasets.length, 'dataset')}.`,
      sections: sections({
        lines: datasets.map((dataset) => [
          m.name(dataset.name),
          contents(dataset),
          dataset.version === null ? 'not trained' : `version ${dataset.version}`,
          channels(dataset.channels),
        ]),
      }),
    }),
    datasetAsk: ({ action, dataset }) => ({
      headline:
        action === 'empty'
          ? `Empty ${m.name(dataset.name)}? That deletes ${contents(dataset)} for good.`
          : `Delete ${m.name(dataset.name)}, with ${contents(dataset)}, for good?`,
      lines: said(
        'Its trained versions go, too. This cannot be undone.',
        action === 'delete' &&
          dataset.channels.length > 0 &&
          `${channels(dataset.channels)} will use ${m.code('main')} again.`,
      ),
    }),
    datasetRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} is now called ${m.name(to)}.` }),
    datasetCopied: ({ name, to, labels, examples }) => ({
      headline: `Copied ${m.name(name)} to ${m.name(to)}: ${count(labels, 'label')}, ${count(examples, 'picture')}.`,
      lines: ['The copy has no versions yet: it is trained by itself, as your settings say.'],
      next: [`Next: ${command('train', '--dataset', to)}`],
    }),
    datasetRemoved: ({ action, dataset }) => ({
      headline:
        action === 'empty'
          ? `Emptied ${m.name(dataset.name)}: ${contents(dataset)} are gone.`
          : `Deleted ${m.name(dataset.name)}, with ${contents(dataset)}.`,
      lines: said(
        action === 'delete' &&
          dataset.channels.length > 0 &&
          `${channels(dataset.channels)} now ${dataset.channels.length === 1 ? 'uses' : 'use'} ${m.code('main')}.`,
      ),
    }),
  } satisfies SomeResults
}
