// One event stream for all tabs of a browser: a server has few connections for each. The tab that holds a lock has it, and tells the others.

/** `onRefused`: the server answers, and does not give the stream. */
type Listener = {
  onEvent(event: string, data: unknown): void
  onState(connected: boolean): void
  onRefused(): void
}
type Told = { event: string; data: unknown } | { connected: boolean } | { refused: true }

const NAME = 'mekiki.events'
/** Milliseconds after which a stream that the browser has given up is opened again. */
const REOPEN_MS = 3000

export function openShared(url: string, events: readonly string[], listener: Listener): void {
  const channel = typeof BroadcastChannel === 'undefined' ? undefined : new BroadcastChannel(NAME)
  const tell = (told: Told): void => {
    if ('event' in told) listener.onEvent(told.event, told.data)
    else if ('refused' in told) listener.onRefused()
    else listener.onState(told.connected)
  }
  channel?.addEventListener('message', ({ data }) => tell(data as Told))
  const share = (told: Told): void => {
    tell(told)
    channel?.postMessage(told)
  }
  // Over plain HTTP from another machine there are no locks: each tab then has a stream of its own.
  if (!channel || !navigator.locks) {
    stream(url, events, tell)
    return
  }
  void navigator.locks.request(NAME, () => {
    stream(url, events, share)
    // Held until the tab closes.
    return new Promise(() => {})
  })
}

function stream(url: string, events: readonly string[], tell: (told: Told) => void): void {
  const source = new EventSource(url)
  source.addEventListener('open', () => tell({ connected: true }))
  source.addEventListener('error', () => {
    tell({ connected: false })
    if (source.readyState !== EventSource.CLOSED) return
    tell({ refused: true })
    setTimeout(() => stream(url, events, tell), REOPEN_MS)
  })
  for (const event of events)
    source.addEventListener(event, ({ data }: MessageEvent<string>) => tell({ event, data: JSON.parse(data) }))
}
