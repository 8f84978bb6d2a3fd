import { existsSync } from 'node:fs'
import type { Backbone } from '../../../models/backbones/registry.ts'
import type { ServiceContext } from '../../context.ts'
import { UserError } from '../../errors.ts'
import type { Progress } from '../../progress.ts'
import { findBackbone, installBackbone } from './install.ts'
import type { NetworkSource } from './network-file.ts'

/**
 * Backbones that answer together, by their names joined with plus signs, each as `installBackbone` takes it; or a single one.
 * Throws UserError backbone.*
 */
export async function* installBackbones(
  app: ServiceContext,
  which: string,
  source: NetworkSource,
): AsyncGenerator<Progress, Backbone[]> {
  const isOne = (await findBackbone(app, which)) !== null || existsSync(which) || /^https?:/.test(which)
  const names = isOne ? [which] : which.split('+').map((name) => name.trim())
  const backbones: Backbone[] = []
  for (const name of names) backbones.push(yield* installBackbone(app, name, source))
  if (new Set(backbones.map(({ id }) => id)).size < backbones.length)
    throw new UserError('backbone.repeated', `Expected different backbones, received ${which}`)
  return backbones
}
