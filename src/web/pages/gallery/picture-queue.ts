// Which thumbnails are loaded, and when: those that are seen first, and none that nobody sees any more.

/** Browsers open six connections to a server; one is the stream of events, and one is for what people do. */
const AT_ONCE = 4

type Waiting = { image: HTMLImageElement; src: string; place: number; release?: () => void }

const waiting = new Set<Waiting>()
let loading = 0
let seen = { from: 0, to: 0 }

/** Tells which places are on the screen, `to` excluded. */
export function setSeen(from: number, to: number): void {
  seen = { from, to }
}

/** Shows a picture once it is its turn. @returns what gives it up */
export function loadPicture(image: HTMLImageElement, { src, place }: { src: string; place: number }): () => void {
  const entry: Waiting = { image, src, place }
  waiting.add(entry)
  // Cells that appear together are asked for in order.
  queueMicrotask(next)
  return () => {
    waiting.delete(entry)
    if (!entry.release) return
    // Taking the address away ends the request.
    if (!image.complete) image.removeAttribute('src')
    entry.release()
  }
}

function next(): void {
  while (loading < AT_ONCE) {
    const entry = nearest()
    if (!entry) return
    waiting.delete(entry)
    start(entry)
  }
}

function start(entry: Waiting): void {
  const { image, src } = entry
  loading++
  const done = (): void => {
    if (!entry.release) return
    delete entry.release
    loading--
    next()
  }
  entry.release = done
  image.onload = () => {
    image.classList.add('there')
    done()
  }
  image.onerror = () => {
    image.classList.add('gone')
    done()
  }
  image.src = src
}

/** What is seen comes first, from the top; then what is next to it. */
function nearest(): Waiting | undefined {
  let best: Waiting | undefined
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
