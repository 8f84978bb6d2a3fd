// What every file of the page draws with: Preact without a build step.
import htm from 'htm'
import { type ComponentChildren, h, type VNode } from 'preact'

export { effect, type Signal, signal } from '@preact/signals'
export { render, type VNode } from 'preact'
export { useCallback, useEffect, useErrorBoundary, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks'

type Template = (strings: TemplateStringsArray, ...values: unknown[]) => VNode

/** Its types are those of CommonJS, and browsers load the module. */
const templates = htm as unknown as { bind(create: typeof h): Template }

/** A template as elements. Text in it is always text. The template must have one root element. */
export const html: Template = templates.bind(h)

/** What may stand between the tags of a component. */
export type WithChildren = { children?: ComponentChildren }
