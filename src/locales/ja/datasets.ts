import type { Results } from '../../commands/results.ts'
import { said, sections } from '../format.ts'
import type { Markup } from '../markup.ts'
import type { SomeResults } from '../words.ts'
import { inJapanese } from './say.ts'

type Dataset = Results['datasets']['datasets'][number]

export function datasetsResults(m: Markup) {
  const { and, command, number, sheets } = inJapanese(m)
  const contents = ({ labels, examples }: Dataset): string => `ラベル${number(labels)}個と画像${sheets(examples)}`
  const channels = (ids: string[]): string => and(ids.map(m.channel))

  return {
    datasets: ({ datasets }) => ({
      headline: datasets.length === 0 ? 'データセットはまだありません。' : `データセット${number(datasets.length)}個。`,
      sections: sections({
        lines: datasets.map((dataset) => [
          m.name(dataset.name),
          contents(dataset),
          dataset.version === null ? '未学習' : `バージョン${dataset.version}`,
          channels(dataset.channels),
        ]),
      }),
    }),
    datasetAsk: ({ action, dataset }) => ({
      headline:
        action === 'empty'
          ? `${m.name(dataset.name)} を空にしますか？ ${contents(dataset)}がすべて削除されます。`
          : `${m.name(dataset.name)} を削除しますか？ ${contents(dataset)}もすべて削除されます。`,
      lines: said(
        '学習したバージョンも削除されます。元に戻すことはできません。',
        action === 'delete' &&
          dataset.channels.length > 0 &&
          `${channels(dataset.channels)} では ${m.code('main')} を使うようになります。`,
      ),
    }),
    datasetRenamed: ({ renamed, to }) => ({ headline: `${m.name(renamed)} の名前を ${m.name(to)} に変えました。` }),
    datasetCopied: ({ name, to, labels, examples }) => ({
      headline: `${m.name(name)} を ${m.name(to)} に複製しました（ラベル${number(labels)}個、画像${sheets(examples)}）。`,
      lines: ['複製にはまだバージョンがありません。設定に従って自動で学習します。'],
      next: [`次の手順：${command('train', '--dataset', to)}`],
    }),
    datasetRemoved: ({ action, dataset }) => ({
      headline:
        action === 'empty'
          ? `${m.name(dataset.name)} を空にしました（${contents(dataset)}を削除）。`
          : `${m.name(dataset.name)} と${contents(dataset)}を削除しました。`,
      lines: said(
        action === 'delete' &&
          dataset.channels.length > 0 &&
          `${channels(dataset.channels)} では ${m.code('main')} を使います。`,
      ),
    }),
  } satisfies SomeResults
}
