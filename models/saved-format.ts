// What a saved version holds. It is checked once, where it is read (`read-classifier.ts`): training imports the types alone, and zod is not loaded for it.
import { z } from 'zod'
import type { Measurement } from './evaluation/measurement.ts'
import { GRADES, type Refusals } from './evaluation/refusals.ts'
import { EARLIER_FORMAT, FORMAT } from './format.ts'
import { BASE_HEAD_NAMES, type BaseHeadName } from './heads/names.ts'

export type SavedWhitening = z.infer<typeof Whitening>
const Whitening = z.object({ columns: z.int().positive(), mean: z.base64(), scale: z.number(), factor: z.base64() })

export type SavedMeans = z.infer<typeof Means>
const Means = z.object({ format: z.literal(1), classes: z.int().min(1), columns: z.int(), means: z.base64() })

export type SavedSvm = z.infer<typeof Svm>
const Svm = z.object({
  format: z.literal(1),
  classes: z.int().min(2),
  columns: z.int(),
  weights: z.base64(),
  bias: z.base64(),
})

export type SavedForest = z.infer<typeof Forest>
const Forest = z.object({
  /** Nodes of each tree, round by round, a tree a class in each. */
  sizes: z.base64(),
  column: z.base64(),
  threshold: z.base64(),
  left: z.base64(),
  right: z.base64(),
  value: z.base64(),
})

export type SavedBoosting = z.infer<typeof Boosting>
const Boosting = z.object({ format: z.literal(1), classes: z.int().min(2), means: Means, forest: Forest })

export type SavedHead = SavedMeans | SavedSvm | SavedBoosting
const HEADS = { means: Means, svm: Svm, boosting: Boosting, plain: Svm } satisfies Record<BaseHeadName, z.ZodType>

export type SavedEnsemble = z.infer<typeof Ensemble>
/** `head` is null where it is the class means, which the classifier has itself. */
const Ensemble = z.array(
  z
    .object({ name: z.enum(BASE_HEAD_NAMES), weight: z.number().positive(), head: z.unknown() })
    .transform(({ name, weight, head }) => ({ name, weight, head: head === null ? null : HEADS[name].parse(head) })),
)

export type SavedOpenSet = z.infer<typeof OpenSet>
const OpenSet = z.object({ lengths: z.base64(), centre: z.base64(), background: z.base64().nullable() })

const Score = z.number()
const SavedRefusals = z.object({
  unknownBelow: z.object({ low: Score, normal: Score, high: Score }),
  sure: z.object({ confidence: Score, known: Score }).nullable(),
}) satisfies z.ZodType<Refusals>

export interface SavedBackboneClassifier extends z.infer<typeof BackboneClassifier> {}
const BackboneClassifier = z.object({
  whitening: Whitening,
  pool: Ensemble,
  means: Means,
  unknown: z.object({
    bias: z.number(),
    nearness: z.number(),
    gap: z.number(),
    levels: z.array(z.number()).optional(),
    far: z.object({ bias: z.number(), slope: z.number() }).optional(),
  }),
  /** Of versions since there is a background; those before saw from the mean of everything. */
  openSet: OpenSet.optional(),
})

const labels = z.array(z.string()).min(1)

/** What `Classifier.toJSON` writes. */
export interface SavedClassifier extends z.infer<typeof Current> {}
const Current = z.object({
  format: z.literal(FORMAT),
  labels,
  backbones: z.array(BackboneClassifier).min(1),
  unknown: z.object({ bias: z.number(), slope: z.number() }),
  refusals: SavedRefusals,
})

/** What it wrote before there were grades and several backbones. */
export interface EarlierSavedClassifier extends z.infer<typeof Earlier> {}
const Earlier = z.object({
  format: z.literal(EARLIER_FORMAT),
  labels,
  ...BackboneClassifier.omit({ openSet: true }).shape,
})

export const savedClassifier = z.discriminatedUnion('format', [Current, Earlier])

const share = z.number().min(0).max(1)

export const SavedMeasurement = z.object({
  accuracy: share.nullable(),
  accuracyInterval: z.tuple([share, share]).nullable(),
  balancedAccuracy: share.nullable().default(null),
  calibrationError: share.nullable(),
  calibration: z.array(z.object({ confidence: share, accuracy: share, count: z.int() })),
  measured: z.int(),
  confusion: z.array(z.array(z.int())),
  recognition: z.object({ knownAccepted: share, strangeRefused: share }).nullable(),
  grades: z
    .array(z.object({ grade: z.enum(GRADES), share, accuracy: share.nullable() }))
    .nullable()
    .default(null),
  learning: z
    .object({
      curve: z.array(z.object({ examples: z.number(), accuracy: z.number() })),
      halving: z.number().nullable(),
    })
    .nullable()
    .default(null),
}) satisfies z.ZodType<Measurement>
