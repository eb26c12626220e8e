import { unrefElement, useEventListener, type MaybeComputedElementRef } from '@vueuse/core'

interface Steps {
  readonly undo: () => void
  readonly redo: () => void
}

/** Fields elsewhere and dialogs above have an undo of their own. */
const isElsewhere = (target: EventTarget | null, editor: Element): boolean =>
  target instanceof Element &&
  !editor.contains(target) &&
  target.closest('input, textarea, [contenteditable], [role="dialog"]') !== null

/**
 * Ctrl Z and Ctrl Y (⌘Z, ⇧⌘Z) while an editor is on screen; in its fields, too, whose own undo knows one field only. The same words of a
 * field's menu do the same.
 */
export function useUndoKeys({ undo, redo }: Steps, editor: MaybeComputedElementRef): void {
  const isOurs = (event: Event): boolean => {
    const element = unrefElement(editor)
    return element instanceof Element && !isElsewhere(event.target, element)
  }
  useEventListener(window, 'keydown', (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || !isOurs(event)) return
    const pressed = event.key.toLowerCase()
    const back = pressed === 'z' && !event.shiftKey
    if (!back && pressed !== 'y' && pressed !== 'z') return
    event.preventDefault()
    if (back) undo()
    else redo()
  })
  useEventListener(window, 'beforeinput', (event: InputEvent) => {
    const isBack = event.inputType === 'historyUndo'
    if ((!isBack && event.inputType !== 'historyRedo') || !isOurs(event)) return
    event.preventDefault()
    if (isBack) undo()
    else redo()
  })
}
