/** The field of a form that stands nearest to a path of the scheme: the field itself, else the first below it, else the same of the place above. */
export function nearestField(fields: readonly string[], path: string): string | undefined {
  const steps = path.split('.')
  for (let length = steps.length; length > 0; length--) {
    const at = steps.slice(0, length).join('.')
    const found = fields.find((field) => field === at) ?? fields.find((field) => field.startsWith(`${at}.`))
    if (found !== undefined) return found
  }
  return undefined
}

/** Brings the field of a path into view and puts the cursor there; what folds it away is opened. False when there is none. */
export function goToField(form: HTMLElement, path: string): boolean {
  const fields = [...form.querySelectorAll<HTMLElement>('[data-path]')].filter(
    ({ dataset }) => dataset.path !== '',
  )
  const name = nearestField(
    fields.map(({ dataset }) => dataset.path ?? ''),
    path,
  )
  const field = fields.find(({ dataset }) => dataset.path === name)
  if (!field) return false
  const folded = field.closest('details')
  if (folded) folded.open = true
  field.scrollIntoView({ block: 'center' })
  const target = field.matches('input, textarea, select')
    ? field
    : field.querySelector<HTMLElement>('input, textarea, select, button')
  target?.focus({ preventScroll: true })
  return target !== null
}
