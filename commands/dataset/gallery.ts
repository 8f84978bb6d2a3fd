import { defineCommand, result } from '../../src/commands/define.ts'
import { choice, flag, number, text, texts } from '../../src/commands/options.ts'
import { requireBrowsing } from '../../src/services/browsing.ts'
import { GALLERY_SORTS, readGallery } from '../../src/services/gallery.ts'
import { seesAll } from '../shared/sees-all.ts'
import { parseSince } from '../shared/since.ts'

const STATES = ['kept', 'excluded', 'withdrawn'] as const
const ANY_STATE = [...STATES, 'all'] as const
/** What a standard deviation of grey can be. */
const MAX_CONTRAST = 128

export default defineCommand({
  name: 'gallery',
  summary: 'list the examples of a dataset, to be looked at',
  // Whoever teaches or reviews (browsing.ts).
  access: 'member',
  frontEnds: ['web'],
  onlyReads: true,
  isPrivate: true,
  options: {
    label: texts('only those under one of these labels', { optional: true }),
    state: choice('only those in this state', ANY_STATE, { fallback: 'kept' }),
    by: text('only those that this person added', { optional: true }),
    suspects: flag('only those that look mislabelled', { optional: true }),
    suggested: text('only suspects that this label fits better', { optional: true }),
    recognized: text('only those that the last training recognized as this label', { optional: true }),
    score: number('only those that are at least so suspect, from 0 to 1', {
      optional: true,
      min: 0,
      max: 1,
      fractions: true,
    }),
    width: number('only those at least so many pixels wide', { optional: true, min: 1 }),
    height: number('only those at least so many pixels high', { optional: true, min: 1 }),
    contrast: number('only those of at most this contrast', {
      optional: true,
      min: 0,
      max: MAX_CONTRAST,
      fractions: true,
    }),
    text: text('only those with this text in the name of the file', { optional: true }),
    since: text('only those that were added since, as in 3d or 2026-11-26', { optional: true }),
    until: text('only those that were added before, as in 3d or 2026-11-26', { optional: true }),
    sort: choice<(typeof GALLERY_SORTS)[number]>('in which order', GALLERY_SORTS, { fallback: 'newest' }),
  },
  examples: [],
  async *run({ app, dataset, screen, requireAccess, options }) {
    requireBrowsing(requireAccess)
    const { label, state, since, until, score, width, height, contrast, text, ...others } = options
    const { ids, revision } = await readGallery(app, dataset, {
      ...others,
      labels: label,
      states: STATES.filter((one) => state === 'all' || state === one),
      text: text || undefined,
      since: since && parseSince(since),
      until: until && parseSince(until),
      minScore: score,
      minWidth: width,
      minHeight: height,
      maxContrast: contrast,
      seesAll: seesAll(screen),
    })
    yield result('gallery', { total: ids.length, revision, ids: Array.from(ids) })
  },
})
