import { createHash } from 'node:crypto'
import type { HeadName } from '../models/heads/head.ts'
import { completeFeatures } from './backbones.ts'
import { UserError } from './errors.ts'
import type { Services } from './services.ts'
import { datasetBackbone } from './store/datasets.ts'
import { readFeatures } from './store/features.ts'
import { addVersion, listVersions, type VersionSummary } from './store/versions.ts'
import { teach } from './workers/teach.ts'

/** Trains on everything filed, writes a version, and promotes it unless it is clearly worse than the one in use. Yields what it is at. */
export async function* trainVersion(app: Services, dataset: number, heads: HeadName[]) {
  const started = performance.now()
  const { store } = app
  const backbone = await datasetBackbone(store, dataset)
  for await (const seen of completeFeatures(app, dataset, backbone)) yield { ...seen, of: 'pictures' as const }
  const rows = await readFeatures(store, dataset, backbone.id)
  const labels = [...new Set(rows.map((r) => r.label))].sort()
  if (labels.length < 2)
    throw new UserError(
      'train.too-few-labels',
      `Expected at least two labels with pictures, found ${labels.length}: file more with \`label\` or \`import\``,
    )
  const at = new Map(labels.map((l, i) => [l, i]))
  const y = Uint32Array.from(rows, (r) => at.get(r.label)!)
  const { classifier, head, measurement } = yield* teach({
    features: rows.map((r) => r.features),
    mirrored: rows.map((r) => r.mirrored),
    hashes: rows.map((r) => r.hash),
    ...{ y, labels, backbone, heads },
  })

  const summary = { ...measurement, head, labels, examples: rows.length, dataHash: hashOf(rows) }
  const inUse = (await listVersions(store, dataset)).find((v) => v.current)
  const promoted = !inUse || !isClearlyWorse(summary, inUse.summary)
  const version = await addVersion(store, dataset, { backbone: backbone.id, summary, classifier }, promoted)
  const { accuracy, accuracyInterval, calibrationError, recognition } = measurement
  const measured = { accuracy, accuracyInterval, calibrationError, recognition }
  const seconds = (performance.now() - started) / 1000
  return { version, head, labels: labels.length, examples: rows.length, ...measured, seconds, promoted }
}

/** With the same labels as before, and intervals that do not meet. */
function isClearlyWorse(next: VersionSummary, old: VersionSummary): boolean {
  if (!old.accuracyInterval || !next.accuracyInterval || old.labels.join('\n') !== next.labels.join('\n')) return false
  return next.accuracyInterval[1] < old.accuracyInterval[0]
}

/** SHA-256 of which pictures were under which labels. */
function hashOf(rows: { label: string; picture: number }[]): string {
  const hash = createHash('sha256')
  for (const { label, picture } of rows) hash.update(`${picture}\t${label}\n`)
  return hash.digest('hex')
}
