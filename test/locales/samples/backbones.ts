import type { Samples } from './sample.ts'

const facts = {
  licence: 'MIT',
  bytes: 4_200_000,
  goodAt: 'drawings, slowly (Inception V3 of nsfwjs)',
  milliseconds: 15,
}

export const backboneSamples: Samples<
  'backbones' | 'backboneAdded' | 'compared' | 'backboneChanged' | 'backboneChosen'
> = {
  backbones: [
    {
      values: {
        backbones: [
          { id: 'one@1', file: 'one.onnx', input: { width: 224, height: 224 } as never, current: true, facts },
          { id: 'two@1', file: 'two.onnx', input: { width: 64, height: 64 } as never, current: false, facts: null },
        ],
        toAdd: ['photos'],
        catalogue: [{ name: 'photos', facts: { ...facts, milliseconds: null } }],
      },
      says: ['one@1', '224×224', 'MIT', '4.2 MB', '15', 'two.onnx', 'photos'],
    },
  ],
  backboneAdded: [{ values: { backbone: 'one@1', file: 'one.onnx' }, says: ['one@1'] }],
  compared: [
    {
      values: {
        compared: [
          {
            backbone: 'one@1',
            accuracy: 0.98,
            accuracyInterval: [0.97, 0.99],
            head: 'linear',
            features: 1280,
            milliseconds: 15,
          },
          {
            backbone: 'two@1',
            accuracy: null,
            accuracyInterval: null,
            head: 'linear',
            features: 640,
            milliseconds: 30,
          },
        ],
      },
      says: ['one@1', '98', '97', '1,280', '15', 'two@1', '30'],
    },
  ],
  backboneChanged: [
    { values: { backbone: 'one@1', from: 'one@1', views: 12 }, says: ['one@1', '12'] },
    ...(['only', 'unmeasured', 'simplest'] as const).map((reason) => ({
      values: {
        backbone: 'one@1',
        from: 'two@1',
        views: 12,
        choice: { because: { reason }, tooSlow: [{ backbone: 'slow@1', milliseconds: 150 }], unusable: ['bad@1'] },
      },
      says: ['one@1', 'two@1', '12', 'slow@1', '150', 'bad@1'],
    })),
    {
      values: {
        backbone: 'one@1',
        from: 'two@1',
        views: 12,
        choice: { because: { reason: 'better', than: 'three@1', wins: 21, losses: 4 }, tooSlow: [], unusable: [] },
      },
      says: ['three@1', '21', '4'],
    },
  ],
  backboneChosen: (['at-once', 'after', 'schedule', 'by-hand'] as const).flatMap((retraining) => [
    { values: { pictures: 'both', changed: true, retraining } },
    { values: { pictures: 'drawings', changed: false, retraining } },
  ]),
}
