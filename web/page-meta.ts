import type { Component } from 'vue'
import type { MessageKey } from './i18n.ts'
import type { Permission } from './stores/session.ts'

export const navSections = ['top', 'mine', 'assessment', 'settings'] as const
export type NavSection = (typeof navSections)[number]

/** Who a page is offered to; those who may open it at all are told by its permission. */
export const audiences = ['own-unit', 'agency', 'office', 'leader', 'administrators'] as const
export type Audience = (typeof audiences)[number]

/** How a page stands in the sidebar. */
interface NavEntry {
  readonly section: NavSection
  readonly icon: Component
  readonly title?: MessageKey
  readonly audience?: readonly Audience[]
  /** Offered only once everybody may see what was published. */
  readonly whenPublished?: boolean
  /** Shows nothing but results: who begins here begins with a year that has some. */
  readonly isOfResults?: boolean
}

declare module 'vue-router' {
  interface RouteMeta {
    title: MessageKey
    /** Reached without a session. */
    open?: boolean
    /** Shown without sidebar and header. */
    plain?: boolean
    permission?: Permission
    /** How it lies on paper; upright without a word. */
    paper?: 'landscape'
    nav?: readonly NavEntry[]
  }
}
