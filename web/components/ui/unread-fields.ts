import { inject, onScopeDispose, provide, useId, watch, type InjectionKey } from 'vue'

const key: InjectionKey<Set<string>> = Symbol('fields whose text could not be read')

/** For a form: whether a field holds text that could not be read, so that its old value must not be sent instead. */
export function useUnreadFields(): () => boolean {
  const unread = new Set<string>()
  provide(key, unread)
  return () => unread.size > 0
}

/** For a field: tells the form around it while its text cannot be read. */
export function useUnread(isUnread: () => boolean): void {
  const unread = inject(key, null)
  const id = useId()
  const tell = (now: boolean) => void (now ? unread?.add(id) : unread?.delete(id))
  watch(isUnread, tell)
  onScopeDispose(() => tell(false))
}
