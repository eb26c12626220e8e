import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { answer, api, isAborted, type Answer } from '../api/client.ts'
import { useSession } from './session.ts'

type Inbox = Answer<typeof api.inbox.$get>
export type InboxItem = Inbox['items'][number]

const size = '200'

/** What waits for the person signed in: the bell counts it, 待办 lists it. Done by doing it; nothing is ticked off. */
export const useInbox = defineStore('inbox', () => {
  const items = shallowRef<readonly InboxItem[]>([])
  const reminders = shallowRef<Inbox['reminders']>([])
  const count = ref(0)
  const loaded = ref(false)
  const problem = shallowRef<unknown>(null)

  async function load(): Promise<void> {
    if (!useSession().can('inbox.read')) return
    try {
      const page = await answer(api.inbox.$get({ query: { size } }))
      items.value = page.items
      reminders.value = page.reminders
      count.value = page.count
      loaded.value = true
      problem.value = null
    } catch (reason) {
      if (!isAborted(reason)) problem.value = reason
    }
  }

  function forget(): void {
    items.value = []
    reminders.value = []
    count.value = 0
    loaded.value = false
  }
  return { items, reminders, count, loaded, problem, load, forget }
})
