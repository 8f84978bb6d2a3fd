import { defineCommand } from '../../src/commands/define.ts'
import { choice, number, text } from '../../src/commands/options.ts'
import { BACKBONES_FOR } from '../../src/services/backbones/picture-kinds.ts'
import {
  addBackbone,
  compareBackbones,
  listAvailable,
  requireNoFile,
  switchBackbone,
  switchToBest,
} from '../shared/backbone-actions.ts'
import { kindsOffered } from '../shared/kinds-offered.ts'

export default defineCommand({
  name: 'backbone',
  summary: 'list, add or compare the networks that turn pictures into features, or switch to another one',
  access: 'manager',
  frontEnds: ['cli', 'web'],
  options: {
    action: choice('what to do', ['list', 'add', 'use', 'compare'] as const, { fallback: 'list' }),
    which: text(
      'an id or name from the list, an ONNX or TFLite file, an export of Teachable Machine, or a URL; several joined by + answer together; auto, for use: the simplest unless another is better by more than chance; for compare, several separated by commas',
      {
        optional: true,
      },
    ),
    input: text(
      'a JSON file that describes what the network takes; by default NET.json beside NET.onnx; TFLite needs none',
      {
        optional: true,
        named: true,
        frontEnds: ['cli'],
      },
    ),
    budget: number('for `use auto`: how many milliseconds a picture may take', {
      optional: true,
      named: true,
      min: 1,
      fractions: true,
    }),
    sha256: text('the SHA-256 hash of what is downloaded from a URL', { optional: true, named: true }),
  },
  examples: [
    'backbone',
    'backbone add photos',
    'backbone compare mobilenet-v2-mid-b13,photos',
    'backbone use photos',
    'backbone use mobilenet-v2-mid-b13+photos',
    'backbone use auto --budget 30',
    'backbone use ./net.onnx --input net-input.json',
  ],
  ifInterrupted:
    'The backbone is unchanged; downloads and computed features are kept; run the same command again to go on.',
  async *run({ app, dataset, by, namesAreFiles, requireAccess, options: { action, which, budget, ...from } }) {
    if (!isForManagers(action, which)) requireAccess('operator')
    if (!namesAreFiles && which !== undefined && which !== 'auto') await requireNoFile(app, which)
    if (action === 'list') yield* listAvailable(app, dataset)
    else if (action === 'compare') yield* compareBackbones(app, dataset, which?.split(','), from)
    else if (action === 'add') yield* addBackbone(app, which, from)
    else if (which === 'auto') yield* switchToBest({ app, dataset, by }, budget)
    else yield* switchBackbone({ app, dataset, by }, which, from)
  },
})

/** Managers look, and choose among what the operator offers; what is added, or takes long, is the operator's. */
const isForManagers = (action: string, which: string | undefined): boolean =>
  action === 'list' || (action === 'use' && kindsOffered().some((kind) => BACKBONES_FOR[kind] === which))
