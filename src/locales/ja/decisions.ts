import type { AfterWords, UndecidedWords } from '../layouts/decisions.ts'
import type { Markup } from '../markup.ts'
import { inJapanese } from './say.ts'

export function undecidedWords(m: Markup): UndecidedWords {
  const { sheets } = inJapanese(m)
  return {
    waiting: (pictures) => `${sheets(pictures)}は、もう一人の見直し担当の同意が必要です。`,
    refused: (pictures) => `${sheets(pictures)}は、取り下げ済みか見直し担当が判断済みのため、そのままです。`,
  }
}

export function afterWords(m: Markup): AfterWords {
  const { sentences, sheets } = inJapanese(m)
  const did =
    (what: string) =>
    (pictures: number | undefined): string =>
      `${pictures === undefined ? '' : `${sheets(pictures)}を`}${what}。`
  return {
    decided: {
      keep: did('そのままにしました'),
      exclude: did('除外しました'),
      move: did('移しました'),
      skip: did('あとにしました'),
      undo: did('取り消しました'),
    },
    noted: (pictures) => `${did('記録しました')(pictures)}もう一人の見直し担当の同意が必要です。`,
    refused: (pictures) => `${sheets(pictures)}は、取り下げられたか、ほかの人がすでに判断したため、そのままです。`,
    changed: (examples) => `その間に変更されたため、そのままにしました：${examples.join('、')}`,
    changedExample: ({ example, label }) =>
      `${m.code(`#${example}`)}（${label === null ? '削除済み' : m.name(label)}）`,
    sentences,
  }
}
