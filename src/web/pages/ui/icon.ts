import { html, type VNode } from '../lib/html.ts'

/** Strokes on a grid of 24. */
const PATHS = {
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z M12 9a3 3 0 1 1 0 6 3 3 0 0 1 0-6Z',
  gallery: 'M4 4h7v7H4Z M13 4h7v7h-7Z M4 13h7v7H4Z M13 13h7v7h-7Z',
  add: 'M12 15V4 M7.5 8 12 3.5 16.5 8 M4 15v3.5A1.5 1.5 0 0 0 5.5 20h13a1.5 1.5 0 0 0 1.5-1.5V15',
  sort: 'M4 6h6v5H4Z M14 6h6v5h-6Z M7 11v7 M17 11v7 M4 18h6 M14 18h6',
  review: 'M4 5h16v11H4Z M8.5 10.5l2.5 2.5 4.5-5 M9 20h6',
  model: 'M4 20V4 M4 20h16 M8 16l3.5-5 3 2.5L20 7',
  label: 'M3.5 4.5h8L20.5 13.5 13 21 3.5 12Z M8 8.5h.01',
  manage: 'M4 7h9 M17 7h3 M4 17h3 M11 17h9 M15 4.8v4.4 M9 14.8v4.4',
  more: 'M5.5 12h.01 M12 12h.01 M18.5 12h.01',
  close: 'M6 6l12 12 M18 6 6 18',
  check: 'M5 12.5 10 17.5 19.5 7',
  cross: 'M7 7l10 10 M17 7 7 17',
  camera: 'M4 8h3.5L9 5.5h6L16.5 8H20v11H4Z M12 10.2a3.2 3.2 0 1 1 0 6.4 3.2 3.2 0 0 1 0-6.4Z',
  picture: 'M4 5h16v14H4Z M4 16l5-5 4 4 2.5-2.5L20 17 M15.5 9h.01',
  undo: 'M8.5 5 4.5 9l4 4 M4.5 9H14a5 5 0 0 1 0 10H9',
  question: 'M9 9.2a3 3 0 1 1 4.4 2.6c-.9.5-1.4 1.1-1.4 2.2 M12 17.5h.01',
  plus: 'M12 5v14 M5 12h14',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13Z M15.5 15.5 20 20',
  chevron: 'M7 9.5l5 5 5-5',
  left: 'M14.5 6l-6 6 6 6',
  right: 'M9.5 6l6 6-6 6',
  warning: 'M12 4 21 19.5H3Z M12 10v4 M12 16.8h.01',
  offline:
    'M4 4l16 16 M5 10.5a11 11 0 0 1 4-2.4 M19 10.5a11 11 0 0 0-5.5-2.8 M8.5 14.2a5.5 5.5 0 0 1 5-1.2 M12 18.2h.01',
  keyboard: 'M3 6.5h18v11H3Z M7 10.2h.01 M10.3 10.2h.01 M13.7 10.2h.01 M17 10.2h.01 M8 14h8',
  theme: 'M12 3.5a8.5 8.5 0 1 1 0 17 8.5 8.5 0 0 1 0-17Z M12 3.5v17 M12 8h6.5 M12 12h8.3 M12 16h6.5',
  trash: 'M4.5 7h15 M9.5 7V4.5h5V7 M6.5 7l1 13h9l1-13 M10.5 11v5.5 M13.5 11v5.5',
  download: 'M12 4v11 M7.5 10.5 12 15l4.5-4.5 M4 19.5h16',
  sparkle: 'M12 3.5l2 6.5 6.5 2-6.5 2-2 6.5-2-6.5-6.5-2 6.5-2Z',
  exclude: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16Z M6.4 6.4l11.2 11.2',
  pause: 'M9 6v12 M15 6v12',
  play: 'M8 5.5v13l10.5-6.5Z',
} as const

export type IconName = keyof typeof PATHS

/** Beside words that say the same: a reader of screens passes it over. */
export const Icon = ({ name, size = 20 }: { name: IconName; size?: number }): VNode =>
  html`<svg class="icon" viewBox="0 0 24 24" width=${size} height=${size} aria-hidden="true" focusable="false">
    <path d=${PATHS[name]} />
  </svg>`
