import { EMBEDDED } from '../models/backbones/registry.ts'
import { train } from '../models/classifier.ts'
import { UserError } from './errors.ts'
import type { Store } from './store/database.ts'
import { readFeatures } from './store/examples.ts'
import { addVersion, listVersions } from './store/versions.ts'

/** Trains on everything filed, writes a version, and promotes it unless it is clearly worse than the one in use. */
export async function trainVersion(store: Store, dataset: number) {
  const started = performance.now()
  const rows = await readFeatures(store, dataset, EMBEDDED.id)
  const labels = [...new Set(rows.map((r) => r.label))].sort()
  if (labels.length < 2)
    throw new UserError('train.too-few-labels', `Expected at least two labels with pictures, found ${labels.length}`)
  const at = new Map(labels.map((l, i) => [l, i]))
  const { classifier, measurement } = train({
    features: rows.map((r) => r.features),
    y: Uint32Array.from(rows, (r) => at.get(r.label)!),
    labels,
    hashes: rows.map((r) => r.hash),
  })
  const summary = { head: 'svm', labels: labels.length, examples: rows.length, ...measurement }
  const promoted = !isClearlyWorse(summary, (await listVersions(store, dataset)).find((v) => v.current)?.measurement)
  const version = await addVersion(
    store,
    dataset,
    { backbone: EMBEDDED.id, measurement: { ...summary, names: labels }, classifier },
    promoted,
  )
  const { confusion: _, measured, ...rest } = summary
  return { version, ...rest, measured, seconds: (performance.now() - started) / 1000, promoted }
}

type Summary = { labels: number; accuracyInterval: [number, number] | null }

/** With as many labels as before, and intervals that do not meet. */
function isClearlyWorse(next: Summary, current: unknown): boolean {
  const old = current as Summary | undefined
  if (!old?.accuracyInterval || !next.accuracyInterval || old.labels !== next.labels) return false
  return next.accuracyInterval[1] < old.accuracyInterval[0]
}
