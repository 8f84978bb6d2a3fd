import { z } from 'zod'
import type { Decision, LivingState } from '../../db/schema.ts'
import { splitPath } from '../../files/zip/check-entry.ts'

// What an export says of its pictures, in lines of JSON (docs/export.md). Programs of others read it, too: what a key is
// called stays.

export const MANIFEST_FORMAT = 'mekiki-dataset'
/** Raised where an older program would misread what a newer one writes. */
export const MANIFEST_VERSION = 1

/** A new file begins after so many bytes: whoever reads one holds it in memory. */
export const MANIFEST_PART_BYTES = 4 * 2 ** 20

const MANIFEST_NAME = /^manifest(?:-([1-9]\d{0,5}))?\.jsonl$/

/** @param part counted from 1 */
export const manifestName = (part: number): string => (part === 1 ? 'manifest.jsonl' : `manifest-${part}.jsonl`)

/** Which part of a manifest a file is, by its name; undefined: none. */
export function manifestPart(name: string): number | undefined {
  const match = MANIFEST_NAME.exec(name)
  return match ? Number(match[1] ?? 1) : undefined
}

/** Characters: of a file's name with its folders, of anything else that is a name. */
const MAX_PATH = 4096
const MAX_NAME = 400
/** Bits of a perceptual hash, as hexadecimal digits. */
const PERCEPTUAL_DIGITS = 16

const LIVING_STATES = ['kept', 'excluded', 'withdrawn'] as const satisfies LivingState[]
const DECISIONS = ['keep', 'exclude', 'move', 'restore'] as const satisfies Decision[]
const REVIEW_STATES = ['waiting', 'done', 'undone', 'superseded'] as const

const Name = z.string().min(1).max(MAX_NAME)
const Moment = z.iso.datetime()
const Hash = z.hash('sha256', { enc: 'hex' })
const Vouched = z.boolean().default(false)

/** Inside of the export, with `/` between folders; never trusted before it was read so. */
const PathInside = z
  .string()
  .max(MAX_PATH)
  .refine((path) => !path.includes('\\') && splitPath(path)?.join('/') === path, 'Expected a path inside of the export')

const Header = z.object({
  kind: z.literal('dataset'),
  format: z.literal(MANIFEST_FORMAT),
  version: z.int().min(1),
  /** What it was called, and Discord's id of the server where it was; empty for a terminal's own. */
  dataset: z.string().max(MAX_NAME),
  server: z.string().max(MAX_NAME),
  exportedAt: Moment,
})

/** One picture under one label. Hashes are those of `pictures` (db/schema.ts), `copyHash` is that of the file. */
const Example = z.object({
  kind: z.literal('example'),
  /** Its number where it was exported, which decisions name. */
  id: z.int().positive(),
  picture: PathInside,
  label: z.string().max(MAX_NAME),
  file: z.string().max(MAX_PATH),
  addedBy: Name,
  addedAt: Moment,
  postedBy: Name.optional(),
  state: z.enum(LIVING_STATES),
  /** A reviewer said that it is right. */
  vouched: Vouched,
  ageRestricted: z.boolean().default(false),
  copyHash: Hash,
  pixelHash: Hash,
  fileHash: Hash,
  perceptualHash: z
    .string()
    .regex(/^[0-9a-f]+$/)
    .max(PERCEPTUAL_DIGITS),
  width: z.int().positive().optional(),
  height: z.int().positive().optional(),
  contrast: z.number().min(0).optional(),
})

const Standing = z.object({ state: z.enum(LIVING_STATES), vouched: Vouched })
/** `labelNow`: what the label is called at the time of the export; left out where it is gone. */
const Placed = Standing.extend({ labelNow: z.string().max(MAX_NAME).optional() })

/** What a reviewer decided about an example, in the order of the decisions. */
const ReviewerDecision = z.object({
  kind: z.literal('decision'),
  example: z.int().positive(),
  by: Name,
  decision: z.enum(DECISIONS),
  label: z.string().max(MAX_NAME).optional(),
  at: Moment,
  state: z.enum(REVIEW_STATES),
  batch: z.string().max(MAX_NAME).optional(),
  before: Placed.extend({ label: z.string().max(MAX_NAME), after: Placed.optional() }).optional(),
})

/** The last line: without it, the export is not whole. */
const End = z.object({ kind: z.literal('end'), examples: z.int().min(0), decisions: z.int().min(0) })

export const ManifestLine = z.discriminatedUnion('kind', [Header, Example, ReviewerDecision, End])
export type ManifestLine = z.infer<typeof ManifestLine>
export type ManifestHeader = z.infer<typeof Header>
export type ManifestExample = z.infer<typeof Example>
export type ManifestDecision = z.infer<typeof ReviewerDecision>
