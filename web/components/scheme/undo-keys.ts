import { useEventListener } from '@vueuse/core'

/** Ctrl Z and Ctrl Y (⌘Z, ⇧⌘Z) while an editor is on screen; in its fields, too, whose own undo knows one field only. */
export function useUndoKeys({ undo, redo }: { undo: () => void; redo: () => void }): void {
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return
    const pressed = event.key.toLowerCase()
    const back = pressed === 'z' && !event.shiftKey
    if (!back && pressed !== 'y' && pressed !== 'z') return
    event.preventDefault()
    if (back) undo()
    else redo()
  })
}
