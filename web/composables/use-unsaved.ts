import { useEventListener } from '@vueuse/core'
import { ElMessageBox } from 'element-plus'
import { onBeforeRouteLeave, onBeforeRouteUpdate, type RouteLocationNormalized } from 'vue-router'
import { t } from '../i18n.ts'

type Place = Pick<RouteLocationNormalized, 'path' | 'query'>

/** Asks before what was changed and not saved is left; `stays` tells which changes of the address keep it on screen. */
export function useUnsaved(isUnsaved: () => boolean, stays: (to: Place, from: Place) => boolean): void {
  const mayLeave = (): boolean | Promise<boolean> =>
    !isUnsaved() ||
    ElMessageBox.confirm(t('states.unsaved.ask'), t('states.unsaved.title'), {
      confirmButtonText: t('states.unsaved.leave'),
      cancelButtonText: t('states.unsaved.stay'),
    }).then(
      () => true,
      () => false,
    )
  onBeforeRouteLeave(mayLeave)
  onBeforeRouteUpdate((to, from) => stays(to, from) || mayLeave())
  useEventListener(window, 'beforeunload', (event) => {
    if (isUnsaved()) event.preventDefault()
  })
}
