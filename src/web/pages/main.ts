import { enter } from './enter.ts'
import { Frame } from './frame.ts'
import { ApiError } from './lib/api.ts'
import { listen } from './lib/events.ts'
import { html, render } from './lib/html.ts'
import { loadMe } from './lib/me.ts'
import { followLinks, place } from './lib/place.ts'
import { applyTheme } from './lib/theme.ts'
import { loadWords } from './lib/words.ts'
import { ROUTES } from './routes.ts'

applyTheme()
followLinks()
const app = document.getElementById('app')
if (!app) throw new Error('Expected an element with the id app, found none')

// The page that the address names is on its way meanwhile; should it not come, it is asked for again when it is shown.
ROUTES.find(({ page }) => page === place.value.page)
  ?.load()
  .catch(() => {})

// What is shown first is drawn once, with the words and with whoever looks.
const [, failure] = await Promise.all([
  loadWords(),
  enter()
    .then(loadMe)
    .then(() => undefined, toFailure),
])
render(html`<${Frame} failure=${failure} />`, app)
if (!failure) listen()

function toFailure(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  throw error
}
