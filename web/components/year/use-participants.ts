import { computed, ref } from 'vue'
import { useUnits } from '../../composables/use-units.ts'
import { withChosen, type Chosen } from './pasted-participants.ts'

/** Who takes part, as it is put together: units with their groups, and the next ones to come in. */
export function useParticipants(first: readonly Chosen[]) {
  const units = useUnits()
  const rows = ref<readonly Chosen[]>(first.map(({ unitId, unit, group }) => ({ unitId, unit, group })))
  const unitIds = ref<string[]>([])
  const group = ref(first[0]?.group ?? '')
  const free = computed(() => {
    const taken = new Set(rows.value.map((row) => row.unitId))
    return (units.value.value ?? []).filter(({ id, kind }) => !taken.has(id) && kind !== 'city')
  })
  const addable = computed(() => unitIds.value.length > 0 && group.value.trim() !== '')
  const nameless = computed(() => rows.value.some((row) => row.group.trim() === ''))
  function take(chosen: readonly Chosen[]): void {
    rows.value = withChosen([...rows.value], [...chosen])
  }
  function add(): void {
    if (!addable.value) return
    const wanted = new Set(unitIds.value)
    const added = free.value.filter(({ id }) => wanted.has(id))
    take(added.map(({ id, name }) => ({ unitId: id, unit: name, group: group.value.trim() })))
    unitIds.value = []
  }
  /** As the server takes them. */
  const sent = () => rows.value.map((row) => ({ unitId: row.unitId, group: row.group.trim() }))
  return { units, rows, unitIds, group, free, addable, nameless, take, add, sent }
}
