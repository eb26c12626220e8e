import { ElMessage } from 'element-plus'
import { useRouter } from 'vue-router'
import { t } from '../i18n.ts'
import { useInbox } from '../stores/inbox.ts'
import { useSelection } from '../stores/selection.ts'
import { useSession } from '../stores/session.ts'

/** Ends the session and leads to the sign-in page; says so when the server could not be told. */
export function useSignOut(): () => Promise<void> {
  const router = useRouter()
  return async () => {
    try {
      await useSession().signOut()
    } catch {
      ElMessage({ message: t('shell.signOutFailed'), type: 'info' })
      return
    }
    useSelection().forget()
    useInbox().forget()
    await router.push({ name: 'sign-in' })
  }
}
