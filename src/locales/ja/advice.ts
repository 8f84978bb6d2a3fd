import type { AdviceWords } from '../layouts/advice.ts'
import type { Markup } from '../markup.ts'
import { inJapanese } from './say.ts'

export function adviceWords(m: Markup): AdviceWords {
  const { and, command, number, percent } = inJapanese(m)
  return {
    neverRecognized: (label, takenFor) =>
      `${m.name(label)} を正しく認識できたことがありません（${m.name(takenFor)} と間違えます）。`,
    othersNeverRecognized: (labels) => `ほかにも${number(labels)}個のラベルを一度も認識できていません。`,
    few: (label, examples) => `${m.name(label)}（${examples}枚のみ）`,
    mistaken: (label, { examples, recall }) => `${m.name(label)}（${examples}枚中${percent(recall)}正解）`,
    needMore: (labels) => `画像を増やすとよいラベル：${and(labels)}`,
    alike: (one, other) =>
      `${m.name(one)} と ${m.name(other)} は同じものに見えます。統合するには：${command('labels', 'merge', one, other)}`,
    twice: ({ now, doubled }) =>
      `画像が二倍になれば、精度はおよそ${percent(doubled)}（今は${percent(now)}）になりそうです。`,
  }
}
