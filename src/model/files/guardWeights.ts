import { tidy } from '@tensorflow/tfjs-core';
import { layers } from '@tensorflow/tfjs-layers';

/** Numbers beyond those in the files that a network may ask for: averages that files leave out, fixed selections. */
const slack = 2 ** 22;
/** 1 GiB of float32. */
const mostNumbers = 2 ** 28;

interface Weight {
  dispose(): void;
}

interface WeightMaker {
  addWeight(name: string, shape: (number | null)[], ...rest: unknown[]): Weight;
}

/**
 * Builds a network, but refuses before anything large is allocated when its layers ask for more numbers than the files
 * hold: a few bytes of a description can ask for any size. When building fails, the weights made until then are freed.
 *
 * @param numbersInFiles how many numbers the files hold
 * @param build makes all of the network's layers before its first pause
 * @throws RangeError naming the layer; whatever `build` throws
 */
export async function guardWeights<T>(numbersInFiles: number, build: () => T | Promise<T>): Promise<T> {
  // The method is protected in tfjs' types.
  const maker = layers.Layer.prototype as unknown as WeightMaker;
  const { addWeight } = maker;
  const most = Math.min(numbersInFiles + slack, mostNumbers);
  const made: Weight[] = [];
  let asked = 0;
  maker.addWeight = function guarded(this: layers.Layer, name, shape, ...rest) {
    asked += shape.reduce<number>((product, side) => product * (side ?? 1), 1);
    if (!(asked <= most)) {
      throw new RangeError(
        `with the weight ${name} [${shape.join(', ')}] of "${this.name}" it asks for more numbers than the files hold`,
      );
    }
    const weight = addWeight.call(this, name, shape, ...rest);
    made.push(weight);
    return weight;
  };
  try {
    return await unguarded(maker, addWeight, build);
  } catch (error) {
    for (const weight of made) weight.dispose();
    throw error;
  }
}

/** Builds, and takes the guard away before anything else can run. First values of weights that came to nothing go too. */
function unguarded<T>(maker: WeightMaker, addWeight: WeightMaker['addWeight'], build: () => T): T {
  try {
    let built: T;
    tidy(() => {
      built = build();
    });
    return built!;
  } finally {
    maker.addWeight = addWeight;
  }
}
