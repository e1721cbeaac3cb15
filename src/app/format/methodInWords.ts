import type { MethodDescription } from '../../methods/methodDescription';
import type { MethodChoice } from '../../model/labModel';

/** A method's name, and its settings in full; of a method that this engine does not have, its id. */
export function methodInWords(
  methods: readonly MethodDescription[],
  { id, settings }: MethodChoice,
): { value: string; full: string } {
  const known = methods.find((method) => method.id === id);
  const words = Object.entries(settings).map(
    ([name, value]) => `${known?.settings.find((field) => field.name === name)?.label ?? name}: ${String(value)}`,
  );
  return { value: known?.label ?? id, full: words.join(', ') };
}
