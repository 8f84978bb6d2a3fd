import type { Markup } from '../markup.ts'
import type { NewsWords } from '../words.ts'
import { errors } from './errors.ts'
import { inEnglish } from './say.ts'

export function news(m: Markup): NewsWords {
  const { and, command, count, number } = inEnglish(m)

  return {
    newsTitle: 'News for managers',
    news(piece) {
      const dataset = m.name(piece.dataset)
      switch (piece.kind) {
        case 'held-back': {
          const labels = and(piece.labels.map(m.name))
          const why = labels
            ? `${labels} ${piece.labels.length === 1 ? 'has' : 'have'} changed a lot`
            : 'it is worse than the active one'
          return `Version ${piece.version} of ${dataset} is not active: ${why}. To use it anyway: ${command('rollback', piece.version)}`
        }
        case 'training-failed': {
          const text = errors(m)[piece.code] ?? m.code(piece.code)
          return `Training ${dataset} failed. ${typeof text === 'function' ? text(piece.values) : text}`
        }
        case 'many-suspects':
          return `${count(piece.more, 'more picture')} in ${dataset} ${piece.more === 1 ? 'looks' : 'look'} mislabelled, ${number(piece.suspects)} in all. To go through them: ${command('review')}`
      }
    },
  }
}
