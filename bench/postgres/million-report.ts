import { table } from '../figures.ts'
import type { measureMillion } from './million.ts'

type Figures = NonNullable<Awaited<ReturnType<typeof measureMillion>>>

export function describeMillion({ examples, pictures, rows }: Figures): string {
  const lines = rows.map(({ what, median, longest }) => [what, median.toFixed(1), longest.toFixed(1)])
  return `## One server among a million examples of others, on PostgreSQL

${examples.toLocaleString('en')} examples with features of two views in datasets of ${pictures.toLocaleString('en')}; one of them is worked in. Milliseconds. Target: what is removed, and
which features are missing, within 20 ms.

${table(['what', 'median', 'longest'], lines)}
`
}
