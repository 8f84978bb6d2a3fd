import { createHash, randomUUID } from 'node:crypto'
import { createReadStream, existsSync } from 'node:fs'
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, extname, join, posix, relative, sep } from 'node:path'
import { z } from 'zod'
import type { Backbone } from '../../models/backbones/registry.ts'
import { UserError } from '../errors.ts'
import type { Database } from './connection.ts'
import { isPostgres } from './engine.ts'

// The files of added backbones lie in the database, too, so that a backup has them. Networks are opened by path: what is
// missing on disk is written from there.

/** Bytes of a file that are one row. */
const PART_BYTES = 4 * 2 ** 20

/** `path`: from the home folder, with slashes. In the order in which `backbone_files` numbers them. */
export const StoredFiles = z.array(z.object({ path: z.string(), sha256: z.string() }))
export type StoredFiles = z.infer<typeof StoredFiles>

type FileToStore = { source: string; path: string }
type StoredPaths = { file: string; prior: string | null }

/** Copies the files of a backbone, which the table has already, into the database. @returns their paths from the home folder */
export async function storeBackboneFiles(db: Database, home: string, backbone: Backbone): Promise<StoredPaths> {
  const network = await listNetworkFiles(home, backbone)
  const prior =
    backbone.prior === undefined
      ? []
      : [{ source: backbone.prior, path: posix.join('backbones', `${backbone.id}.f16`) }]
  const files: StoredFiles = []
  await db.deleteFrom('backbone_files').where('backbone', '=', backbone.id).execute()
  for (const [i, { source, path }] of [...network, ...prior].entries())
    files.push({ path, sha256: await storeFile(db, { backbone: backbone.id, file: i, source }) })
  const paths = { file: network[0]?.path ?? backbone.file, prior: prior[0]?.path ?? null }
  // Last: only now all of them are there.
  await db
    .updateTable('backbones')
    .set({ ...paths, files: JSON.stringify(files) })
    .where('id', '=', backbone.id)
    .execute()
  return paths
}

/** The network first, then what it reads beside itself: weights of a TensorFlow.js model, or external data of ONNX. */
async function listNetworkFiles(home: string, { id, file }: Backbone): Promise<FileToStore[]> {
  const beside =
    extname(file) === '.json' ? await listShards(file) : [`${file}.data`, `${file}_data`].filter(existsSync)
  // Whatever else a file is called, another one may take its place: a copy goes where the id is part of the name.
  const isOwn = dirname(file) === join(home, 'backbones') && basename(file).startsWith(id)
  const folder = isOwn ? 'backbones' : posix.join('backbones', id)
  const pathOf = (source: string): string => posix.join(folder, relative(dirname(file), source).split(sep).join('/'))
  return [file, ...beside].map((source) => ({ source, path: pathOf(source) }))
}

const Manifest = z.object({ weightsManifest: z.array(z.object({ paths: z.array(z.string()) })) })

async function listShards(file: string): Promise<string[]> {
  const { weightsManifest } = Manifest.parse(JSON.parse(await readFile(file, 'utf8')))
  return weightsManifest.flatMap((group) => group.paths).map((path) => join(dirname(file), path))
}

type PartsOf = { backbone: string; file: number }

/** @returns the file's SHA-256 in hexadecimal */
async function storeFile(db: Database, { backbone, file, source }: PartsOf & { source: string }): Promise<string> {
  const hash = createHash('sha256')
  const handle = await open(source)
  try {
    for (let part = 0; ; part++) {
      const { bytesRead, buffer } = await handle.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, null)
      if (bytesRead === 0) return hash.digest('hex')
      const bytes = buffer.subarray(0, bytesRead)
      hash.update(bytes)
      await db.insertInto('backbone_files').values({ backbone, file, part, bytes }).execute()
    }
  } finally {
    await handle.close()
  }
}

/**
 * Writes those of a backbone's files that are missing, and on PostgreSQL, where other machines add backbones, those that are
 * others. Throws UserError backbone.unusable where the database has others
 */
export async function restoreBackboneFiles(
  db: Database,
  home: string,
  { id, files }: { id: string; files: StoredFiles },
): Promise<void> {
  for (const [i, { path, sha256 }] of files.entries()) {
    const to = join(home, path)
    const isThere = isPostgres(db) ? await isIntact(to, sha256) : existsSync(to)
    if (!isThere) await writeParts(db, { backbone: id, file: i }, { to, sha256 })
  }
}

/** By path: what was found to be intact. Files of a hundred megabytes are not read before every training. */
const intact = new Map<string, string>()

async function isIntact(path: string, sha256: string): Promise<boolean> {
  const found = await stat(path).catch(() => undefined)
  if (!found) return false
  const state = `${sha256} ${found.size} ${found.mtimeMs}`
  if (intact.get(path) === state) return true
  const hash = createHash('sha256')
  for await (const bytes of createReadStream(path)) hash.update(bytes)
  if (hash.digest('hex') !== sha256) return false
  intact.set(path, state)
  return true
}

async function writeParts(db: Database, { backbone, file }: PartsOf, { to, sha256 }: { to: string; sha256: string }) {
  await mkdir(dirname(to), { recursive: true })
  const unfinished = `${to}.${randomUUID()}.part`
  const handle = await open(unfinished, 'wx')
  try {
    const hash = createHash('sha256')
    for (let part = 0; ; part++) {
      const row = await db
        .selectFrom('backbone_files')
        .select('bytes')
        .where('backbone', '=', backbone)
        .where('file', '=', file)
        .where('part', '=', part)
        .limit(1)
        .executeTakeFirst()
      if (!row) break
      hash.update(row.bytes)
      await handle.write(row.bytes)
    }
    if (hash.digest('hex') !== sha256)
      throw new UserError(
        'backbone.unusable',
        `Expected the file of ${backbone} in the database, found it changed: add it again`,
      )
    await handle.sync()
    await handle.close()
    await rename(unfinished, to)
  } finally {
    await handle.close()
    await rm(unfinished, { force: true })
  }
}
