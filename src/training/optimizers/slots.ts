import { type Tensor, tensor, type Variable, variable, zerosLike } from '@tensorflow/tfjs-core';

/** State that an optimiser keeps per weight, made at the weight's first update. */
export class Slots {
  private readonly byName = new Map<string, Variable>();

  /** The slot of a weight, zeros at first. */
  of(weight: Variable): Variable {
    return this.byName.get(weight.name) ?? this.put(weight, zerosLike(weight));
  }

  /** The values of each weight's slot, in the order of the weights. Empty before the first update. */
  async read(weights: readonly Variable[]): Promise<Float32Array[]> {
    if (this.byName.size === 0) return [];
    return Promise.all(weights.map((weight) => this.of(weight).data<'float32'>()));
  }

  /** Sets the slots to what `read` gave for the same weights. */
  write(weights: readonly Variable[], values: readonly Float32Array[]): void {
    this.dispose();
    for (const [index, slot] of values.entries()) {
      const weight = weights[index]!;
      this.put(weight, tensor(slot, weight.shape));
    }
  }

  dispose(): void {
    for (const slot of this.byName.values()) slot.dispose();
    this.byName.clear();
  }

  private put(weight: Variable, values: Tensor): Variable {
    const slot = variable(values, false);
    values.dispose();
    this.byName.set(weight.name, slot);
    return slot;
  }
}
