import { UserError } from '../../errors.ts'
import type { ExportFiles } from '../../files/export-files.ts'
import {
  MANIFEST_VERSION,
  type ManifestDecision,
  type ManifestExample,
  type ManifestHeader,
  ManifestLine,
  manifestName,
  manifestPart,
} from '../export/manifest.ts'

/** Characters of a line that an error shows. */
const SHOWN = 60

type Place = { file: string; line: number }

/** What an export says of its pictures, checked line by line. Lines are read anew when they are asked for. */
export type Manifest = {
  header: ManifestHeader
  /** How many. */
  examples: number
  decisions: number
  lines(): AsyncGenerator<ManifestExample | ManifestDecision>
}

/**
 * Reads and checks a manifest, all of it. Undefined: these files have none.
 * Throws UserError manifest.invalid, which names the line; manifest.newer, manifest.incomplete; file.*, zip.*
 */
export async function readManifest(files: ExportFiles): Promise<Manifest | undefined> {
  const parts = files.top.flatMap((name) => manifestPart(name) ?? []).sort((a, b) => a - b)
  if (!parts.includes(1)) return undefined
  const names = parts.map(manifestName)
  const gap = parts.findIndex((part, i) => part !== i + 1)
  if (gap >= 0) throw incomplete(`found no ${manifestName(gap + 1)}`)

  let header: ManifestHeader | undefined
  let end: Extract<ManifestLine, { kind: 'end' }> | undefined
  const counts = { example: 0, decision: 0 }
  for await (const { line, place } of readLines(files, names)) {
    if (end) throw invalid(place, 'nothing after the end')
    if (!header && line.kind !== 'dataset') throw invalid(place, 'what says that this is an export')
    if (line.kind === 'dataset') {
      if (header) throw invalid(place, 'one export')
      requireReadable(line)
      header = line
    } else if (line.kind === 'end') end = line
    else counts[line.kind]++
  }
  if (!header) throw invalid({ file: manifestName(1), line: 1 }, 'what says that this is an export')
  if (!end) throw incomplete('found no last line')
  if (counts.example !== end.examples || counts.decision !== end.decisions)
    throw incomplete(`of ${end.examples + end.decisions} lines, found ${counts.example + counts.decision}`)

  return {
    header,
    examples: counts.example,
    decisions: counts.decision,
    async *lines() {
      for await (const { line } of readLines(files, names))
        if (line.kind === 'example' || line.kind === 'decision') yield line
    },
  }
}

async function* readLines(files: ExportFiles, names: string[]): AsyncGenerator<{ line: ManifestLine; place: Place }> {
  for (const file of names) {
    const texts = Buffer.from(await files.read(file))
      .toString()
      .split('\n')
    for (const [i, text] of texts.entries()) {
      const place = { file, line: i + 1 }
      if (text.trim() !== '') yield { line: parseLine(text, place), place }
    }
  }
}

function parseLine(text: string, place: Place): ManifestLine {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw invalid(place, `JSON, received ${text.slice(0, SHOWN)}`)
  }
  const parsed = ManifestLine.safeParse(json)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const key = issue?.path.join('.') || 'kind'
  throw invalid(place, `another value of ${key} (${issue?.message ?? 'unknown'})`)
}

function requireReadable({ version }: ManifestHeader): void {
  if (version > MANIFEST_VERSION)
    throw new UserError(
      'manifest.newer',
      `Expected an export of version ${MANIFEST_VERSION} or older, received ${version}: update this program`,
    )
}

const invalid = ({ file, line }: Place, expected: string): UserError =>
  new UserError('manifest.invalid', `Expected in line ${line} of ${file} ${expected}`, { file, line })

const incomplete = (why: string): UserError =>
  new UserError('manifest.incomplete', `Expected a whole export, ${why}: export it again`)
