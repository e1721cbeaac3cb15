import { exp } from '../../foundation/exp';

/** A linear classifier: the log-odds of the positive class are `intercept + Σ_j weights[j] · x[j]`. */
export interface LogisticModel {
  weights: Float64Array;
  intercept: number;
}

export interface LogisticSamples {
  /** Row-major [n, d], finite; best with mean 0 and standard deviation 1. */
  features: Float64Array;
  /** 1 or 0 for each sample; both must occur. */
  targets: Uint8Array;
  /** d */
  width: number;
}

const mostSteps = 100;
/** Gradient, relative to the one at the start, at which the fit is done. */
const smallestGradient = 1e-8;

/**
 * Fits a logistic regression with a ridge penalty by Newton's method; each step is solved by conjugate gradients, so that
 * no matrix of d × d is made.
 *
 *     minimise Σ_i log(1 + exp(-y_i z_i)) + ridge/2 ‖weights‖²      y = ±1, the intercept is not penalised
 *
 * Source: Lin, Weng, Keerthi, "Trust Region Newton Method for Logistic Regression" (2008), with a line search in place of
 * the trust region. scikit-learn's `LogisticRegression(C)` minimises the same with ridge = 1 / C.
 *
 * @param ridge above 0: without it separable groups have no finite fit
 */
export function fitLogistic(samples: LogisticSamples, ridge: number): LogisticModel {
  const { width } = samples;
  // The last parameter is the intercept.
  let parameters = new Float64Array(width + 1);
  let state = evaluateLoss(samples, parameters, ridge);
  const enough = smallestGradient * Math.sqrt(dot(state.gradient, state.gradient));
  for (let step = 0; step < mostSteps; step++) {
    const slope = Math.sqrt(dot(state.gradient, state.gradient));
    if (slope <= enough) break;
    const direction = solveNewton(samples, state, ridge);
    const descent = dot(state.gradient, direction);
    let scale = 1;
    let next = evaluateLoss(samples, moved(parameters, direction, scale), ridge);
    while (next.loss > state.loss + 1e-4 * scale * descent && scale > 1e-10) {
      scale /= 2;
      next = evaluateLoss(samples, moved(parameters, direction, scale), ridge);
    }
    // Rounding leaves nothing to gain.
    if (next.loss >= state.loss) break;
    parameters = moved(parameters, direction, scale);
    state = next;
  }
  return { weights: parameters.slice(0, width), intercept: parameters[width]! };
}

/** Log-odds of the positive class for one row. */
export function scoreRow({ weights, intercept }: LogisticModel, features: Float64Array, row: number): number {
  let score = intercept;
  for (let j = 0; j < weights.length; j++) score += weights[j]! * features[row * weights.length + j]!;
  return score;
}

interface LossState {
  loss: number;
  gradient: Float64Array;
  /** p (1 - p) of each sample: the curvature of its loss. */
  curvature: Float64Array;
}

function evaluateLoss(
  { features, targets, width }: LogisticSamples,
  parameters: Float64Array,
  ridge: number,
): LossState {
  const gradient = new Float64Array(width + 1);
  const curvature = new Float64Array(targets.length);
  let loss = 0;
  for (let j = 0; j < width; j++) {
    gradient[j] = ridge * parameters[j]!;
    loss += (ridge / 2) * parameters[j]! ** 2;
  }
  for (let i = 0; i < targets.length; i++) {
    let z = parameters[width]!;
    for (let j = 0; j < width; j++) z += parameters[j]! * features[i * width + j]!;
    const margin = targets[i] === 1 ? z : -z;
    loss += margin > 0 ? Math.log1p(exp(-margin)) : Math.log1p(exp(margin)) - margin;
    const p = 1 / (1 + exp(-z));
    const error = p - targets[i]!;
    curvature[i] = p * (1 - p);
    for (let j = 0; j < width; j++) gradient[j]! += error * features[i * width + j]!;
    gradient[width]! += error;
  }
  return { loss, gradient, curvature };
}

/** Conjugate gradients on (Xᵀ D X + ridge) direction = -gradient. */
function solveNewton(samples: LogisticSamples, { gradient, curvature }: LossState, ridge: number): Float64Array {
  const direction = new Float64Array(gradient.length);
  const residual = gradient.map((value) => -value);
  let search = residual.slice();
  let square = dot(residual, residual);
  const slope = Math.sqrt(square);
  const enough = (Math.min(0.1, slope) * slope) ** 2;
  for (let step = 0; step < gradient.length && square > enough; step++) {
    const product = multiplyHessian(samples, curvature, search, ridge);
    const scale = square / dot(search, product);
    for (let j = 0; j < direction.length; j++) {
      direction[j]! += scale * search[j]!;
      residual[j]! -= scale * product[j]!;
    }
    const nextSquare = dot(residual, residual);
    const ratio = nextSquare / square;
    search = search.map((value, j) => residual[j]! + ratio * value);
    square = nextSquare;
  }
  return direction;
}

function multiplyHessian(
  { features, width }: LogisticSamples,
  curvature: Float64Array,
  vector: Float64Array,
  ridge: number,
): Float64Array {
  const product = vector.map((value, j) => (j < width ? ridge * value : 0));
  for (let i = 0; i < curvature.length; i++) {
    let along = vector[width]!;
    for (let j = 0; j < width; j++) along += vector[j]! * features[i * width + j]!;
    along *= curvature[i]!;
    for (let j = 0; j < width; j++) product[j]! += along * features[i * width + j]!;
    product[width]! += along;
  }
  return product;
}

function moved(parameters: Float64Array, direction: Float64Array, scale: number) {
  return parameters.map((value, j) => value + scale * direction[j]!);
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let j = 0; j < a.length; j++) sum += a[j]! * b[j]!;
  return sum;
}
