import type { Advice } from '../../../models/evaluation/advice.ts'
import { MAX_NAMED, WORTHWHILE_GAIN } from '../advice.ts'
import type { Markup } from '../markup.ts'
import { inJapanese } from './say.ts'

/** What would make the classifier better, a line each. */
export function adviceLines(m: Markup, { neverRecognized, needMore, alike, twice }: Advice): string[] {
  const { and, command, number, percent } = inJapanese(m)
  const wanted = needMore.map(({ label, examples, recall }) =>
    recall === null
      ? `${m.name(label)}（${examples}枚のみ）`
      : `${m.name(label)}（${examples}枚中${percent(recall)}正解）`,
  )
  const others = neverRecognized.length - MAX_NAMED
  return [
    ...neverRecognized
      .slice(0, MAX_NAMED)
      .map(
        ({ label, takenFor }) =>
          `${m.name(label)} を正しく認識できたことがありません（${m.name(takenFor)} と間違えます）。`,
      ),
    others > 0 ? `ほかにも${number(others)}個のラベルを一度も認識できていません。` : '',
    wanted.length > 0 ? `画像を増やすとよいラベル：${and(wanted)}` : '',
    ...alike.map(
      ({ labels: [one, other] }) =>
        `${m.name(one)} と ${m.name(other)} は同じものに見えます。統合するには：${command('labels', 'merge', one, other)}`,
    ),
    twice && twice.doubled - twice.now > WORTHWHILE_GAIN
      ? `画像が二倍になれば、精度はおよそ${percent(twice.doubled)}（今は${percent(twice.now)}）になりそうです。`
      : '',
  ].filter(Boolean)
}
