import { signal } from './html.ts'
import { remember, remembered } from './storage.ts'

export const THEMES = ['auto', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

export const theme = signal<Theme>(THEMES.find((each) => each === remembered('theme')) ?? 'auto')

export function chooseTheme(chosen: Theme): void {
  theme.value = chosen
  remember('theme', chosen)
  applyTheme()
}

export function applyTheme(): void {
  document.documentElement.dataset.theme = theme.value
}
