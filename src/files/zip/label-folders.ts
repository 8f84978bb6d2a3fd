import { UserError } from '../../errors.ts'
import { HEAD_BYTES, sniff } from '../../images/sniff.ts'
import { isPart, outsideOfFolders } from '../label-folders.ts'
import type { ZipFailure, ZippedFile } from './open-zip.ts'

/** As in a folder on disk (../label-folders.ts). `skipped`: files beside the folders that are no pictures. */
type ZippedLabels = {
  labels: { label: string; files: ZippedFile[] }[]
  parts: string[]
  failures: ZipFailure[]
  skipped: number
}

type Folder = { name: string; folders: Map<string, Folder>; files: ZippedFile[] }
/** A folder whose own files were looked at. */
type Level = { folders: Folder[]; pictures: ZippedFile[]; failures: ZipFailure[]; skipped: number }

/**
 * Finds the folders of labels: those of the ZIP, of the one folder that holds everything, or of its train, val and test.
 * Throws UserError import.flat if there are only pictures
 */
export async function findZippedLabels(files: readonly ZippedFile[], zipName: string): Promise<ZippedLabels> {
  const passed: Level[] = []
  let level = await readLevel(makeTree(files))
  for (;;) {
    const parts = await readParts(level)
    if (parts) return join([...passed, level], parts)
    const inner = await readWrapped(level)
    if (!inner) break
    passed.push(level)
    level = inner
  }
  if (level.folders.length === 0 && level.pictures.length > 0) throw flat(zipName, level.pictures.length)
  return join(passed, [{ name: undefined, level }])
}

function makeTree(files: readonly ZippedFile[]): Folder {
  const root: Folder = { name: '', folders: new Map(), files: [] }
  for (const file of files) {
    let folder = root
    for (const name of file.path.slice(0, -1)) {
      const next = folder.folders.get(name) ?? { name, folders: new Map(), files: [] }
      folder.folders.set(name, next)
      folder = next
    }
    folder.files.push(file)
  }
  return root
}

async function readLevel({ folders, files }: Folder): Promise<Level> {
  const level: Level = { folders: [...folders.values()], pictures: [], failures: [], skipped: 0 }
  for (const file of files)
    try {
      // What is no picture is not asked about, but a video is named.
      if (typeof sniff(await file.readHead(HEAD_BYTES)) === 'string') level.pictures.push(file)
      else level.skipped++
    } catch (error) {
      if (!(error instanceof UserError)) throw error
      level.failures.push({ path: file.path.join('/'), error })
    }
  return level
}

/** What is in the one folder that holds everything, where that is no label: what file managers make of a folder. */
async function readWrapped({ folders, pictures }: Level): Promise<Level | undefined> {
  const [only, ...others] = folders
  if (!only || others.length > 0 || pictures.length > 0 || only.folders.size === 0) return undefined
  const inner = await readLevel(only)
  return inner.pictures.length === 0 ? inner : undefined
}

type Part = { name: string | undefined; level: Level }

async function readParts({ folders }: Level): Promise<Part[] | undefined> {
  if (!folders.every(({ name }) => isPart(name))) return undefined
  const parts: Part[] = []
  for (const folder of folders) parts.push({ name: folder.name, level: await readLevel(folder) })
  const hasLabels = parts.some(({ level }) => level.folders.length > 0)
  const isMixed = parts.some(({ level }) => level.folders.length > 0 && level.pictures.length > 0)
  return hasLabels && !isMixed ? parts : undefined
}

/** @param passed levels above those that have the labels */
function join(passed: readonly Level[], parts: readonly Part[]): ZippedLabels {
  const levels = [...passed, ...parts.map(({ level }) => level)]
  const pictures = levels.flatMap((level) => level.pictures)
  return {
    labels: parts.flatMap(({ level }) => level.folders.map((f) => ({ label: f.name, files: filesOf(f) }))),
    parts: parts.flatMap(({ name }) => name ?? []),
    failures: [
      ...levels.flatMap((level) => level.failures),
      ...pictures.map(({ path }) => outsideOfFolders(path.join('/'))),
    ],
    skipped: levels.reduce((sum, level) => sum + level.skipped, 0),
  }
}

const filesOf = ({ files, folders }: Folder): ZippedFile[] => [...files, ...[...folders.values()].flatMap(filesOf)]

const flat = (zipName: string, pictures: number): UserError =>
  new UserError(
    'import.flat',
    `Expected a folder for each label in ${zipName}, found ${pictures} ${pictures === 1 ? 'picture' : 'pictures'} and no folder`,
  )
