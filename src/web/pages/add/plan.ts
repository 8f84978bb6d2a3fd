import type { FoundFile } from '../lib/dropped-files.ts'

/** Files of one label. `label`: what it will be called; empty: somebody must say it. */
export type PlanRow = { label: string; folders: readonly string[]; files: readonly FoundFile[] }

/** `zips`: are sent whole. `skipped`: files that no person put there. */
export type Plan = { rows: readonly PlanRow[]; zips: readonly FoundFile[]; skipped: number }

/** What file managers and systems put beside people's files, as `import` passes over. */
const SYSTEM_NAMES =
  /^(\.|thumbs\.db$|ehthumbs\.db$|desktop\.ini$|icon\r$|\$recycle\.bin$|__macosx$|@eadir$|#recycle$|system volume information$)/i

export const isOfSystem = ({ path }: FoundFile): boolean => path.some((name) => SYSTEM_NAMES.test(name))
const isZip = ({ path }: FoundFile): boolean => /\.zip$/i.test(path.at(-1) ?? '')

/** As labels are compared: without case, and in all of Unicode's widths. */
export const labelKey = (label: string): string => label.normalize('NFKC').trim().toLowerCase()

/** The nearest folder of each file is its label; those without a folder come first, and wait for one. */
export async function makePlan(files: AsyncIterable<FoundFile>, onFound: (files: number) => void): Promise<Plan> {
  const rows = new Map<string, { label: string; folders: Set<string>; files: FoundFile[] }>()
  const zips: FoundFile[] = []
  let [skipped, found] = [0, 0]
  for await (const file of files) {
    onFound(++found)
    if (isOfSystem(file)) skipped++
    else if (isZip(file)) zips.push(file)
    else {
      const label = file.path.at(-2)?.normalize('NFC').trim() ?? ''
      const row = rows.get(labelKey(label)) ?? { label, folders: new Set(), files: [] }
      rows.set(labelKey(label), row)
      row.files.push(file)
      if (file.path.length > 1) row.folders.add(file.path.slice(0, -1).join('/'))
    }
  }
  const named = [...rows.values()].map((row) => ({ ...row, folders: [...row.folders] }))
  return { rows: named.toSorted(byLabel), zips, skipped }
}

/** As people order names: 2 before 10. Those without one come first. */
const { compare } = new Intl.Collator(undefined, { numeric: true })
const byLabel = (a: PlanRow, b: PlanRow): number => compare(a.label, b.label)

/** Several plans as one: what is dropped later is added to what is there. */
export function joinPlans(a: Plan, b: Plan): Plan {
  const rows = [...a.rows]
  for (const row of b.rows) {
    const at = rows.findIndex(({ label }) => labelKey(label) === labelKey(row.label))
    const same = rows[at]
    if (!same) rows.push(row)
    else rows[at] = { ...same, folders: [...same.folders, ...row.folders], files: [...same.files, ...row.files] }
  }
  return { rows, zips: [...a.zips, ...b.zips], skipped: a.skipped + b.skipped }
}

export const countLabels = ({ rows }: Pick<Plan, 'rows'>): number =>
  new Set(rows.map(({ label }) => labelKey(label))).size
export const countFiles = ({ rows }: Pick<Plan, 'rows'>): number => rows.reduce((n, { files }) => n + files.length, 0)

const MAX_LABEL = 100

/** Whether it can be a label: the server says the last word. */
export const isLabel = (label: string): boolean => label.trim() !== '' && [...label.trim()].length <= MAX_LABEL
