/** A file of a folder that somebody handed over; it is opened when it is its turn. `path`: its folders and its name. */
export type FoundFile = { path: readonly string[]; open(): Promise<File> }

/** What a drop holds. `handles`: with them the same folders can be read again after a reload, where the browser has such. */
type Dropped = { files: AsyncIterable<FoundFile>; handles: Promise<FileSystemHandle[]> }

type HandleItem = DataTransferItem & { getAsFileSystemHandle?(): Promise<FileSystemHandle | null> }

/** Must be called while the event is handled: browsers forget what was dropped. */
export function readDrop({ items, files }: DataTransfer): Dropped {
  const given = [...items].filter(({ kind }) => kind === 'file') as HandleItem[]
  const handles = Promise.all(given.map((item) => item.getAsFileSystemHandle?.().catch(() => null)))
  const entries = given.map((item) => item.webkitGetAsEntry())
  const plain = [...files]
  const hasFolders = entries.some((entry) => entry?.isDirectory)
  return {
    files: hasFolders ? walkAll(entries.filter((entry) => entry !== null)) : each(plain),
    handles: handles.then((all) => all.filter((handle) => handle != null)),
  }
}

/** Files that were chosen, with the folders that a browser names. */
export const readChosen = (files: Iterable<File>): AsyncIterable<FoundFile> => each(files)

async function* each(files: Iterable<File>): AsyncGenerator<FoundFile> {
  for (const file of files) yield { path: pathOf(file), open: async () => file }
}

const pathOf = ({ webkitRelativePath, name }: File): string[] => (webkitRelativePath || name).split('/').filter(Boolean)

async function* walkAll(entries: Iterable<FileSystemEntry>): AsyncGenerator<FoundFile> {
  for (const entry of entries) yield* walk(entry, [])
}

async function* walk(entry: FileSystemEntry, folders: readonly string[]): AsyncGenerator<FoundFile> {
  const path = [...folders, entry.name]
  if (isFileEntry(entry)) yield { path, open: () => new Promise((resolve, reject) => entry.file(resolve, reject)) }
  else if (isFolderEntry(entry)) for await (const inner of entriesOf(entry)) yield* walk(inner, path)
}

const isFileEntry = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile
const isFolderEntry = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory

/** A browser gives a hundred at a time, until there are none. */
async function* entriesOf(folder: FileSystemDirectoryEntry): AsyncGenerator<FileSystemEntry> {
  const reader = folder.createReader()
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject))
    if (some.length === 0) return
    yield* some
  }
}

/** The files of folders that a browser kept for us. */
export async function* readHandles(handles: Iterable<FileSystemHandle>): AsyncGenerator<FoundFile> {
  for (const handle of handles) yield* readHandle(handle, [])
}

async function* readHandle(handle: FileSystemHandle, folders: readonly string[]): AsyncGenerator<FoundFile> {
  const path = [...folders, handle.name]
  if (handle instanceof FileSystemFileHandle) yield { path, open: () => handle.getFile() }
  else if (handle instanceof FileSystemDirectoryHandle)
    for await (const inner of handle.values()) yield* readHandle(inner, path)
}
