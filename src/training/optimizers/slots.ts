import { type Tensor, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';

/** State that an optimiser keeps per weight, made at the weight's first update. */
export class Slots {
  private readonly byName = new Map<string, Variable>();

  /** The slot of a weight, zeros at first. */
  of(weight: Variable): Variable {
    const found = this.byName.get(weight.name);
    if (found) return found;
    const zeros: Tensor = zerosLike(weight);
    const slot = variable(zeros, false);
    zeros.dispose();
    this.byName.set(weight.name, slot);
    return slot;
  }

  dispose(): void {
    for (const slot of this.byName.values()) slot.dispose();
    this.byName.clear();
  }
}
