import { words } from '../lib/words.ts'
import { toast, toastError } from '../ui/toast.ts'

/** Takes a change back. @returns what to say of it */
type TakeBack = () => Promise<string>
type Entry = { takeBack: TakeBack; isUsed: boolean }

/** Changes that can be taken back with a key; the page forgets those before. */
const MOST = 20
const entries: Entry[] = []

/** Says what was done, and offers to take it back: with the message's button, or later with the key. */
export function offerUndo(message: string, takeBack: TakeBack): void {
  const entry: Entry = { takeBack, isUsed: false }
  entries.push(entry)
  if (entries.length > MOST) entries.shift()
  toast(message, { tone: 'good', undo: () => use(entry) })
}

/** Takes the latest change back that was not taken back yet. */
export async function undoLatest(): Promise<void> {
  const entry = entries.findLast(({ isUsed }) => !isUsed)
  if (!entry) {
    toast(words().gallery.nothingToUndo)
    return
  }
  try {
    await use(entry)
  } catch (error) {
    toastError(error)
  }
}

async function use(entry: Entry): Promise<void> {
  if (entry.isUsed) return
  entry.isUsed = true
  try {
    toast(await entry.takeBack())
  } catch (error) {
    entry.isUsed = false
    throw error
  }
}
