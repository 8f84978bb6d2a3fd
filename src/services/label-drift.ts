import type { Backbone } from '../../models/backbones/registry.ts'
import type { ServiceContext } from '../context.ts'
import { featurePages } from '../db/features.ts'
import type { TrainingExample } from '../db/training-examples.ts'
import type { VersionSummary } from '../db/versions.ts'
import { UserError } from '../errors.ts'
import { loadActiveClassifier } from './prediction.ts'

/** Examples of a label that are looked at, the latest; fewer say too little. */
const [LOOKED_AT, ENOUGH] = [30, 5]
/** A label was known well if the version in use recognised this share of its pictures. */
const WELL = 0.7
/** It has turned if that version now takes more of its latest pictures for other labels. */
const MOST = 0.5

/**
 * Labels that were well known and whose latest pictures the version in use takes for something else: somebody may have filed wrong ones, or
 * the label means something new. A keeper should say which before it is used.
 */
export async function findDriftedLabels(
  app: ServiceContext,
  dataset: number,
  filed: TrainingExample[],
  inUse: VersionSummary | undefined,
  backbone: Backbone,
): Promise<string[]> {
  // One that cannot be read any more compares with nothing.
  const current = inUse && (await loadActiveClassifier(app, dataset).catch(unlessUnreadable))
  if (!current || current.backbone.id !== backbone.id) return []
  const { classifier, summary } = current
  const turned: string[] = []
  for (const [c, label] of summary.labels.entries()) {
    const row = summary.confusion[c] ?? []
    const seen = row.reduce((a, b) => a + b, 0)
    if (seen < ENOUGH || row[c]! < WELL * seen) continue
    const latest = filed.filter((f) => f.label === label && !f.vouched).slice(-LOOKED_AT)
    if (latest.length < ENOUGH) continue
    for await (const page of featurePages(app.db, backbone.id, latest)) {
      if (page.length === 0) continue
      const { data, columns } = classifier.predictProba(page.map((f) => f.plain))
      const others = page.filter((_, r) => {
        const p = data.subarray(r * columns, (r + 1) * columns)
        return classifier.labels[p.indexOf(Math.max(...p))] !== label
      }).length
      if (others > MOST * page.length) turned.push(label)
    }
  }
  return turned
}

function unlessUnreadable(error: unknown): undefined {
  if (!(error instanceof UserError && error.code.startsWith('version.'))) throw error
}
