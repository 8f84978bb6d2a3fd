import { config } from '../config.ts'
import { UserError } from '../errors.ts'
import { HEAD_BYTES, sniff } from '../images/sniff.ts'
import { type Entry, isWithin, readFolder, realPath } from './folder.ts'
import { type Path, readable } from './path.ts'
import { readHead } from './sources.ts'

/** What others call the parts of a dataset that is split already. */
const PARTS = /^(train|training|val|valid|validation|dev|eval|test|testing)$/i

export const isPart = (name: string): boolean => PARTS.test(name)

type Failure = { path: Path; error: UserError }
/**
 * `folders`: those with pictures of one label each, several for a label where a dataset is split. `parts`: the names of the
 * parts, where it is. `skipped`: entries that are hidden, the system's, or beside the folders and no picture.
 */
type LabelFolders = {
  folders: { label: string; path: Path }[]
  parts: string[]
  failures: Failure[]
  skipped: number
}

/**
 * Finds the folders of labels in a folder: its own, or those in its train, val and test.
 * Throws UserError file.*, import.flat if there are only pictures
 */
export async function findLabelFolders(dir: Path): Promise<LabelFolders> {
  const found = await readLevel(dir, dir)
  const parts = await readParts(found, dir)
  if (parts.length === 0) {
    if (found.folders.length === 0 && found.pictures.length > 0) throw flat(dir, found.pictures.length)
    return { ...found, parts: [], failures: [...found.failures, ...found.pictures.map(outsideOfFolders)] }
  }
  const levels = [found, ...parts.map(({ level }) => level)]
  return {
    folders: parts.flatMap(({ level }) => level.folders),
    parts: parts.map(({ name }) => name),
    failures: levels.flatMap((level) => [...level.failures, ...level.pictures.map(outsideOfFolders)]),
    skipped: levels.reduce((sum, level) => sum + level.skipped, 0),
  }
}

type Level = Omit<LabelFolders, 'parts'> & { pictures: Path[] }

/** One folder's own entries. @param root what was handed over */
async function readLevel(folder: Path, root: Path): Promise<Level> {
  const { entries, skipped } = await readFolder(folder)
  const real = await realPath(root)
  const level: Level = { folders: [], failures: [], skipped, pictures: [] }
  for (const entry of entries)
    try {
      await sort(entry, level, real)
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      level.failures.push({ path: entry.path, error })
    }
  return level
}

/** Adds an entry to where it belongs. Throws UserError file.* where it belongs nowhere. */
async function sort(entry: Entry, level: Level, root: string): Promise<void> {
  const { path, name: label } = entry
  if (entry.kind === 'failed') throw entry.error
  if (entry.kind === 'file') {
    const head = await readHead(path, HEAD_BYTES)
    const isPicture = typeof sniff(head) === 'string'
    if (isPicture) level.pictures.push(path)
    else level.skipped++
    return
  }
  if (entry.kind === 'linked folder') {
    const target = await realPath(path)
    if (isWithin(target, root) || isWithin(root, target))
      throw new UserError('file.link-back', `Expected a link to a folder elsewhere, it leads back: ${readable(path)}`)
  }
  level.folders.push({ label, path })
}

/** The parts of a split dataset: every folder is called like one, and has folders, or its pictures have no labels. */
async function readParts({ folders }: Level, root: Path) {
  if (!folders.every(({ label }) => isPart(label))) return []
  const parts: { name: string; level: Level }[] = []
  for (const { label: name, path } of folders) {
    const level = await readLevel(path, root).catch((error) => failedLevel(path, error))
    parts.push({ name, level })
  }
  const hasLabels = ({ level }: { level: Level }): boolean => level.folders.length > 0
  const isMixed = ({ level }: { level: Level }): boolean => level.folders.length > 0 && level.pictures.length > 0
  return parts.some(hasLabels) && !parts.some(isMixed) ? parts : []
}

function failedLevel(path: Path, error: unknown): Level {
  if (!(error instanceof UserError)) throw error
  return { folders: [], failures: [{ path, error }], skipped: 0, pictures: [] }
}

const flat = (dir: Path, pictures: number): UserError =>
  new UserError(
    'import.flat',
    `Expected a folder for each label in ${readable(dir)}, found ${pictures} ${pictures === 1 ? 'picture' : 'pictures'} and no folder. ` +
      `To add them to one label: ${config.program} label LABEL FOLDER`,
  )

export const outsideOfFolders = <P extends Path>(path: P): { path: P; error: UserError } => ({
  path,
  error: new UserError('import.no-label', `Expected a picture in a label's folder, found it beside: ${readable(path)}`),
})
