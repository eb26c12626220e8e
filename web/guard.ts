import type { Router } from 'vue-router'
import { answer, api } from './api/client.ts'
import { t } from './i18n.ts'
import { landingFor } from './landing.ts'
import { useSelection } from './stores/selection.ts'
import { useSession } from './stores/session.ts'

/** Leads everybody to where they may be: setup, sign-in, a forced change of password, a second factor, their own pages. */
export function guard(router: Router): void {
  router.beforeEach(async (to) => {
    // The wall is opened by its link alone: it asks for no session and cares for none.
    if (to.name === 'wall') return true
    const session = useSession()
    const selection = useSelection()
    if (!session.known) await session.load()

    if (!session.session) {
      if (to.name === 'setup') return true
      if ((await answer(api.setup.$get())).needed) return { name: 'setup', query: to.query }
      return to.meta.open ? true : { name: 'sign-in', query: to.path === '/' ? {} : { next: to.fullPath } }
    }
    if (session.account?.mustChangePassword) return to.name === 'password' ? true : { name: 'password' }
    if (session.session.mustEnrol) return to.name === 'second-factor' ? true : { name: 'second-factor' }
    if (to.name === 'setup' || to.name === 'sign-in') return { name: 'landing' }

    if (!selection.loaded && session.can('assessment.read')) await selection.load()
    if (to.name === 'landing') return landingFor(router.options.routes)
    if (to.meta.permission && !session.can(to.meta.permission)) return { name: 'forbidden' }
    const { assessmentId } = to.params
    if (typeof assessmentId === 'string') {
      const known = selection.assessments.some((item) => item.id === assessmentId)
      if (!known) return { name: 'not-found', params: { path: to.path.slice(1).split('/') }, replace: true }
      selection.remember(assessmentId)
    }
    return true
  })

  router.afterEach((to) => {
    document.title = `${t(to.meta.title)} - ${t('shell.product')}`
  })
}
