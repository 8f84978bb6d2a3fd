import { errorCode, UserError } from '../errors.ts'
import { type Path, readable } from './path.ts'

const NO_PERMISSION = ['file.no-permission', 'Expected permission to read, have none'] as const
const FILE_ERRORS = new Map<string, readonly [code: string, expected: string]>([
  ['ENOENT', ['file.not-found', 'Expected a file or folder, found none']],
  ['EACCES', NO_PERMISSION],
  ['EPERM', NO_PERMISSION],
  ['ENOTDIR', ['file.not-a-folder', 'Expected a folder, received a file']],
  ['ENAMETOOLONG', ['file.name-too-long', 'Expected a shorter name']],
  ['ELOOP', ['file.link-loop', 'Expected a file, received links that lead in a circle']],
])

/** Runs work on a path. What the system refuses, for whatever reason, becomes a UserError file.* that names the path. */
export async function explainErrors<T>(path: Path, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw explainFileError(path, error)
  }
}

function explainFileError(path: Path, error: unknown): unknown {
  const code = errorCode(error) ?? ''
  const [userCode, expected] = FILE_ERRORS.get(code) ?? ['file.unreadable', `Expected to read, the system says ${code}`]
  // A server that is gone, a disk that fails: one file's trouble, and not a bug. Node's own mistakes are.
  const isOfSystem = error instanceof Error && 'syscall' in error
  return isOfSystem ? new UserError(userCode, `${expected}: ${readable(path)}`) : error
}
