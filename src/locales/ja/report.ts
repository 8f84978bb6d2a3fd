import { plainMarkup } from '../plain-markup.ts'
import type { ReportLanguage } from '../report-language.ts'
import { describeReasons } from './reasons.ts'
import { inJapanese } from './say.ts'

const markup = plainMarkup('ja')
const { number, percent } = inJapanese(markup)

/** What the report page says. */
export const report: ReportLanguage = {
  describeReasons: (reasons) => describeReasons(markup, reasons),
  words: {
    language: 'ja',
    title: 'データセットの状態',
    facts: {
      examples: '登録画像',
      labels: 'ラベル',
      balancedAccuracy: 'ラベルごとの平均',
      accuracy: '精度',
      sure: '自信のある答え',
      unsure: '自信のない答え',
      unknown: '「わかりません」',
      suspects: '疑わしい画像',
      leftOut: '学習に使わない画像',
      copies: '重複',
      conflicts: '二つのラベルにある画像',
    },
    notMeasured: '未測定',
    number,
    percent,
    gradeShare: (share, right) => `${percent(share)}（うち正解${percent(right)}）`,
    mostSuspect: (shown, of) => `全${number(of)}枚のうち、特に疑わしい${number(shown)}枚です。`,
    mostFrequent: (shown, of) => `全${number(of)}組のうち、多い順に${number(shown)}組です。`,
    more: (hidden) => `残り${number(hidden)}件を表示`,
    sections: {
      suspects: {
        title: '疑わしい画像',
        about: 'ラベルが間違っていそうな画像を、疑わしい順に、ラベルと理由を添えて示します。',
      },
      conflicts: { title: 'ほぼ同じ画像が二つのラベルにあります', about: '' },
      labels: { title: 'ラベル', about: 'ラベルごとの枚数と、そのうち疑わしい枚数です。疑わしい画像の多い順です。' },
      confusions: { title: '間違えやすい組', about: '交差検証で、別のラベルと取り違えたものです。' },
      curve: { title: '学習曲線', about: 'ラベルあたりの枚数と精度です。' },
      teachers: { title: '登録した人', about: '登録した人ごとの枚数と、そのうち疑わしい画像の割合です。' },
    },
    columns: {
      label: 'ラベル',
      examples: '枚数',
      suspect: '疑わしい',
      takenFor: '取り違えた先',
      times: '回数',
      teacher: '登録した人',
    },
    contradictsOthers: 'ほかの全員と食い違っています',
  },
}
