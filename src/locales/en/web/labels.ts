import { count } from './say.ts'

/** The page of all labels. */
export const labels = {
  title: 'Labels',
  text: (labels: number, pictures: number): string => `${count(labels, 'label')}, ${count(pictures, 'picture')}`,
  search: 'Search labels',
  order: 'Order',
  orders: { name: 'By name', most: 'Most pictures first', fewest: 'Fewest pictures first' },
  pictures: (n: number): string => count(n, 'picture'),
  few: 'Few pictures',
  rename: 'Rename',
  renameTitle: (label: string): string => `Rename ${label}`,
  newName: 'New name',
  merge: 'Merge into another',
  mergeTitle: (label: string): string => `Which label gets the pictures of ${label}?`,
  delete: 'Delete',
  empty: 'No labels yet',
  emptyText: 'Labels come with their first pictures.',
  add: 'Add pictures',
  noneFound: 'No label has this in its name.',
  deleted: 'Deleted labels',
  deletedText: 'They can be brought back for seven days.',
  bringBack: 'Bring back',
  mergedInto: (label: string): string => `merged into ${label}`,
  alike: 'These names look alike; check that you need them all:',
  actions: (label: string): string => `What to do with ${label}`,
}
