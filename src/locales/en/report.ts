import { plainMarkup } from '../plain-markup.ts'
import type { ReportLanguage } from '../report-language.ts'
import { describeReasons } from './reasons.ts'
import { inEnglish } from './say.ts'

const markup = plainMarkup('en-GB')
const { number, ...say } = inEnglish(markup)
/** The sign stays with its number. */
const percent = (share: number): string => say.percent(share).replace(' ', '\u00a0')

/** What the report page says. */
export const report: ReportLanguage = {
  describeReasons: (reasons) => describeReasons(markup, reasons),
  words: {
    language: 'en',
    title: 'How this dataset is doing',
    facts: {
      examples: 'Pictures',
      labels: 'Labels',
      balancedAccuracy: 'Mean over labels',
      accuracy: 'Accuracy',
      sure: 'Sure answers',
      unsure: 'Unsure answers',
      unknown: '“I don’t recognize this”',
      suspects: 'Suspects',
      leftOut: 'Not used for training',
      copies: 'Near copies',
      conflicts: 'Under two labels',
    },
    notMeasured: 'not measured',
    number,
    percent,
    gradeShare: (share, right) => `${percent(share)} (${percent(right)} right)`,
    mostSuspect: (shown, of) => `These are the ${number(shown)} most suspect of ${number(of)}.`,
    mostFrequent: (shown, of) => `These are the ${number(shown)} most frequent of ${number(of)}.`,
    more: (hidden) => `Show ${number(hidden)} more`,
    sections: {
      suspects: {
        title: 'Suspects',
        about: 'Pictures that look mislabelled, the most suspect first, with their label and the reason.',
      },
      conflicts: { title: 'Nearly the same picture under two labels', about: '' },
      labels: {
        title: 'Labels',
        about: 'Pictures of each label, and how many of them are suspect; most suspects first.',
      },
      confusions: { title: 'Confusions', about: 'Labels that were taken for another one, in cross-validation.' },
      curve: { title: 'Learning curve', about: 'Accuracy by number of pictures per label.' },
      teachers: { title: 'Teachers', about: 'How many of the pictures that each teacher added are suspect.' },
    },
    columns: {
      label: 'Label',
      examples: 'Pictures',
      suspect: 'Suspect',
      takenFor: 'Taken for',
      times: 'Times',
      teacher: 'Teacher',
    },
    contradictsOthers: 'contradicts everybody else',
  },
}
