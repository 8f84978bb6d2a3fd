import type { Markup } from '../markup.ts'
import type { NewsWords } from '../words.ts'
import { errors } from './errors.ts'
import { inJapanese } from './say.ts'

export function news(m: Markup): NewsWords {
  const { and, command, sheets } = inJapanese(m)

  return {
    newsTitle: '管理者へのお知らせ',
    news(piece) {
      const dataset = m.name(piece.dataset)
      switch (piece.kind) {
        case 'held-back': {
          const labels = and(piece.labels.map(m.name))
          const why = labels ? `${labels} が大きく変わった` : '使用中のものより精度が低い'
          return `${dataset} のバージョン${piece.version}は、${why}ため切り替えていません。それでも使うには：${command('rollback', piece.version)}`
        }
        case 'training-failed': {
          const text = errors(m)[piece.code] ?? m.code(piece.code)
          return `${dataset} を学習できませんでした。${typeof text === 'function' ? text(piece.values) : text}`
        }
        case 'many-suspects':
          return `${dataset} に、ラベルが間違っていそうな画像が${sheets(piece.more)}増えました（全部で${sheets(piece.suspects)}）。見直すには：${command('review')}`
      }
    },
  }
}
