import type { Component } from 'vue'
import type { RouteLocationNormalizedLoaded, RouteLocationRaw, Router, RouteRecordRaw } from 'vue-router'
import type { MessageKey } from './i18n.ts'
import { seesStandings } from './components/result/published.ts'
import { navSections, type Audience, type NavSection } from './page-meta.ts'
import { useSelection } from './stores/selection.ts'
import { useSession } from './stores/session.ts'
import { type Role } from '#assessment/vocabulary'

export interface NavItem {
  readonly name: string
  readonly section: NavSection
  readonly title: MessageKey
  readonly icon: Component
  readonly isOfResults?: boolean
  readonly to: RouteLocationRaw
}

const audienceOf: Record<Role, Audience> = {
  office: 'office',
  agency: 'agency',
  editor: 'own-unit',
  head: 'own-unit',
  leader: 'leader',
  system: 'administrators',
  security: 'administrators',
  audit: 'administrators',
}

/** The pages that the person signed in may open now, section by section, in the order of the registry. */
export function navItems(routes: readonly RouteRecordRaw[]): NavItem[] {
  const session = useSession()
  const { assessmentId, assessment } = useSelection()
  const isPublic = assessment !== null && seesStandings(session, assessment)
  const unitId = session.account?.unit?.id
  const mine = audienceOf[session.account?.role ?? 'audit']
  const offered = routes.flatMap((route) => {
    const { meta, path, name } = route
    if (!meta?.nav || (meta.permission && !session.can(meta.permission))) return []
    if (path.includes(':assessmentId') && !assessmentId) return []
    return meta.nav
      .filter(({ audience }) => !audience || audience.includes(mine))
      .filter(({ whenPublished }) => !whenPublished || isPublic)
      .map(({ section, icon, title, isOfResults = false }) => {
        const params: Record<string, string> = {}
        if (path.includes(':assessmentId') && assessmentId) params.assessmentId = assessmentId
        if (path.includes(':unitId') && unitId) params.unitId = unitId
        return {
          name: String(name),
          section,
          icon,
          title: title ?? meta.title,
          isOfResults,
          to: { name, params },
        }
      })
  })
  return navSections.flatMap((section) => offered.filter((item) => item.section === section))
}

/** Whether a page is the item's own, or one below it by its address, for aria-current. */
export function placeOf(item: NavItem, route: RouteLocationNormalizedLoaded, router: Router) {
  if (item.name === route.name) return 'page'
  return route.path.startsWith(`${router.resolve(item.to).path}/`) ? 'true' : undefined
}
