// Which thumbnails are loaded, and when: those that are seen first, and none that nobody sees any more.

/** Browsers open six connections to a server; one is the stream of events, and one is for what people do. */
const AT_ONCE = 4
/** Milliseconds after which a picture that did not come is asked for again, and twice as many each time after. */
const AGAIN_MS = 2000
const MOST_TRIES = 5

type Entry = { image: HTMLImageElement; src: string; place: number; tries: number; isLoading: boolean }

const waiting = new Set<Entry>()
let loading = 0
let seen = { from: 0, to: 0 }

/** Tells which places are on the screen, `to` excluded. */
export function setSeen(from: number, to: number): void {
  seen = { from, to }
}

/** Shows a picture once it is its turn. @returns what gives it up */
export function loadPicture(image: HTMLImageElement, { src, place }: { src: string; place: number }): () => void {
  const entry: Entry = { image, src, place, tries: 0, isLoading: false }
  let timer: ReturnType<typeof setTimeout> | undefined
  image.onload = () => {
    image.classList.remove('gone')
    image.classList.add('there')
    release(entry)
  }
  image.onerror = () => {
    image.classList.add('gone')
    release(entry)
    if (++entry.tries < MOST_TRIES) timer = setTimeout(() => enqueue(entry), AGAIN_MS * 2 ** entry.tries)
  }
  enqueue(entry)
  return () => {
    clearTimeout(timer)
    waiting.delete(entry)
    image.onload = image.onerror = null
    // Taking the address away ends the request.
    if (entry.isLoading) image.removeAttribute('src')
    release(entry)
  }
}

function enqueue(entry: Entry): void {
  waiting.add(entry)
  // Cells that appear together are asked for in order.
  queueMicrotask(next)
}

function release(entry: Entry): void {
  if (!entry.isLoading) return
  entry.isLoading = false
  loading--
  next()
}

function next(): void {
  while (loading < AT_ONCE) {
    const entry = nearest()
    if (!entry) return
    waiting.delete(entry)
    loading++
    entry.isLoading = true
    entry.image.src = entry.src
  }
}

/** What is seen comes first, from the top; then what is next to it. */
function nearest(): Entry | undefined {
  let best: Entry | undefined
  let least = Number.POSITIVE_INFINITY
  for (const entry of waiting) {
    const far = distance(entry.place)
    if (far < least) [best, least] = [entry, far]
  }
  return best
}

function distance(place: number): number {
  if (place >= seen.to) return place - seen.from
  if (place >= seen.from) return (place - seen.from) / (seen.to - seen.from)
  return seen.to - place
}
