import { type Backbone, EMBEDDED } from '../../../models/backbones/registry.ts'
import { comparePaired } from '../../../models/evaluation/compare-paired.ts'
import type { ServiceContext } from '../../context.ts'
import { joinBackboneIds, listBackbones, readBackbone } from '../../db/backbones.ts'
import { errorCode, UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { type BackboneBenchmark, benchmarkBackbones, type MeasuredBackbones, timeBackbones } from './benchmark.ts'

/**
 * Why a backbone was chosen. `only`: no other is fast enough, or there. `unmeasured`: too few pictures to compare. `simplest`: no other is better
 * by more than chance. `better`: than `than`, right on `wins` pictures that it got wrong, and wrong on `losses` that it got right.
 */
type BackboneChoiceReason =
  | { reason: 'only' | 'unmeasured' | 'simplest' }
  | { reason: 'better'; than: string; wins: number; losses: number }

/** `tooSlow`: not compared. `unusable`: ids of those that do not run. */
export type BackboneChoice = {
  because: BackboneChoiceReason
  tooSlow: { backbone: string; milliseconds: number }[]
  unusable: string[]
}
type Chosen = BackboneChoice & { backbones: Backbone[]; compared: BackboneBenchmark[] }

/** How likely it may be that one only seems to be better than a simpler one. */
const MAX_CHANCE = 0.05

/**
 * Compares the backbones that are there on a dataset's pictures, each alone and the best two together, and chooses the simplest unless another
 * is better by more than chance. Changes nothing. @param budget milliseconds that a picture may take
 * Throws UserError train.*, backbone.over-budget
 */
export async function* chooseBackbones(
  app: ServiceContext,
  dataset: number,
  { budget = Number.POSITIVE_INFINITY }: { budget?: number | undefined },
): AsyncGenerator<Progress, Chosen> {
  const tooSlow: BackboneChoice['tooSlow'] = []
  const unusable: string[] = []
  const measured: MeasuredBackbones[] = []
  const measure = async function* (backbones: Backbone[]): AsyncGenerator<Progress> {
    const milliseconds = await timeBackbones(app, dataset, backbones)
    if (milliseconds > budget) tooSlow.push({ backbone: joinBackboneIds(backbones), milliseconds })
    else measured.push(yield* benchmarkBackbones(app, dataset, backbones))
  }
  for (const { id } of await listBackbones(app.db))
    try {
      yield* measure([await readBackbone(app.db, id)])
    } catch (error) {
      // Nobody can take it away: the others are compared.
      if (errorCode(error) !== 'backbone.unusable' || id === EMBEDDED.id) throw error
      unusable.push(id)
    }
  const [best, second] = [...measured].sort(byAccuracy)
  if (best && second) yield* measure([...best.backbones, ...second.backbones])
  const { chosen, because } = chooseMeasured(measured, tooSlow)
  const compared = measured.sort(byAccuracy).map(({ benchmark }) => benchmark)
  return { backbones: chosen.backbones, because, compared, tooSlow, unusable }
}

const byAccuracy = (a: MeasuredBackbones, b: MeasuredBackbones): number =>
  (b.benchmark.accuracy ?? 0) - (a.benchmark.accuracy ?? 0)

/** The simplest, or one that is better than every simpler one so chosen by more than chance. Throws UserError backbone.over-budget */
export function chooseMeasured(
  measured: MeasuredBackbones[],
  tooSlow: BackboneChoice['tooSlow'],
): { chosen: MeasuredBackbones; because: BackboneChoiceReason } {
  const [first, ...others] = [...measured].sort(bySimplicity)
  if (!first) {
    const least = Math.min(...tooSlow.map(({ milliseconds }) => milliseconds))
    throw new UserError(
      'backbone.over-budget',
      `Expected a backbone that takes no longer than --budget, found ${least.toFixed(1)} ms a picture or more`,
    )
  }
  if (others.length === 0) return { chosen: first, because: { reason: 'only' } }
  if (!first.hits.some((hit) => hit >= 0)) return { chosen: first, because: { reason: 'unmeasured' } }
  let chosen = first
  let because: BackboneChoiceReason = { reason: 'simplest' }
  for (const next of others) {
    const { wins, losses, chance } = comparePaired(next.hits, chosen.hits)
    if (chance >= MAX_CHANCE) continue
    because = { reason: 'better', than: chosen.benchmark.backbone, wins, losses }
    chosen = next
  }
  return { chosen, because }
}

/** One network before two, the embedded one before others, fast ones before slow ones. */
function bySimplicity(a: MeasuredBackbones, b: MeasuredBackbones): number {
  const added = ({ backbones }: MeasuredBackbones): number => Number(backbones.some(({ id }) => id !== EMBEDDED.id))
  return (
    a.backbones.length - b.backbones.length ||
    added(a) - added(b) ||
    a.benchmark.milliseconds - b.benchmark.milliseconds
  )
}
