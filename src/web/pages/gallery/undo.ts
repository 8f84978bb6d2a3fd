import { root } from '../lib/api.ts'
import { words } from '../lib/words.ts'
import { toast, toastError } from '../ui/toast.ts'

/** Takes a change back. @returns what to say of it */
type TakeBack = () => Promise<string>
/** `where`: the dataset that was changed. */
type Entry = { takeBack: TakeBack; where: string; isUsed: boolean }

/** Changes that can be taken back with a key; the page forgets those before. */
const MOST = 20
const entries: Entry[] = []

/** Says what was done, and offers to take it back: with the message's button, or later with the key. */
export function offerUndo(message: string, takeBack: TakeBack): void {
  const entry: Entry = { takeBack, where: root(), isUsed: false }
  entries.push(entry)
  if (entries.length > MOST) entries.shift()
  toast(message, { tone: 'good', undo: () => use(entry) })
}

/** Takes the latest change back that was not taken back yet. */
export async function undoLatest(): Promise<void> {
  const entry = entries.findLast(isUsable)
  try {
    toast(entry ? await use(entry) : words().gallery.nothingToUndo)
  } catch (error) {
    toastError(error)
  }
}

const isUsable = ({ isUsed, where }: Entry): boolean => !isUsed && where === root()

/** @returns what to say of it */
async function use(entry: Entry): Promise<string> {
  if (!isUsable(entry)) return words().gallery.nothingToUndo
  entry.isUsed = true
  try {
    return await entry.takeBack()
  } catch (error) {
    entry.isUsed = false
    throw error
  }
}
