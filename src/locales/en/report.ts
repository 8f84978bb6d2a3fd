import type { ReportWords } from '../../charts/report-data.ts'

/** What the report page says. */
export const reportWords: ReportWords = {
  language: 'en',
  title: 'Mekiki: the health of this dataset',
  facts: {
    examples: 'Examples',
    labels: 'Labels',
    balancedAccuracy: 'Mean over labels',
    accuracy: 'Accuracy',
    sure: 'Sure answers',
    unsure: 'Unsure answers',
    unknown: '“I don’t know”',
    suspects: 'Suspects',
    leftOut: 'Left out',
    copies: 'Copies',
    conflicts: 'Conflicts',
  },
  notMeasured: 'not measured',
  right: 'right',
  sections: {
    labels: { title: 'Labels', about: 'Examples of each label, and how many of them are suspect.' },
    suspects: {
      title: 'Suspects',
      about: 'Pictures that look mislabelled, the most suspect first, with their label and the reason.',
    },
    conflicts: { title: 'The same picture under two labels', about: '' },
    confusions: { title: 'Confusions', about: 'Labels that were taken for another one, in cross-validation.' },
    curve: { title: 'Learning curve', about: 'Accuracy by number of pictures per label.' },
    teachers: { title: 'Teachers', about: 'How many of the pictures that each teacher added are suspect.' },
  },
  columns: {
    label: 'Label',
    examples: 'Examples',
    suspect: 'Suspect',
    takenFor: 'Taken for',
    times: 'Times',
    teacher: 'Teacher',
  },
  contradictsOthers: 'contradicts everybody else',
}
