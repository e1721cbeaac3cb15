import type { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import { engine, type Tensor, type TensorInfo } from '@tensorflow/tfjs-core';

type Program = Parameters<WebGPUBackend['runWebGPUProgram']>[0];

/** A compute shader of the lab's own, run by tfjs, so that tensors stay where they are. */
export interface Shader {
  /** Names the compiled program; shaders of one name have the same code. */
  name: string;
  /**
   * WGSL with a function `main()`. It finds the inputs as arrays by their names, the output as `result`, the numbers as
   * `uniforms.x`, and `workgroupId`, `localId` and `localIndex`.
   */
  code: string;
  inputs: Record<string, TensorInfo>;
  /** Inputs that the code reads as vectors of four; their last axis is 4. */
  vectorInputs?: string[];
  /** Whether the code writes vectors of four. */
  outputVectors?: boolean;
  /** Whole numbers (i32) and others (f32) that the code reads. */
  uniforms: { i32: Record<string, number>; f32?: Record<string, number> };
  outputShape: number[];
  workgroupSize: [number, number];
  /** How many groups, along x and y. */
  workgroups: [number, number];
}

/** Runs a shader on the WebGPU backend in use. @returns float32 values of `outputShape` */
export function runShader(backend: WebGPUBackend, shader: Shader): Tensor {
  return engine().makeTensorFromTensorInfo(runKernelShader(backend, shader));
}

/** Runs a shader inside a kernel, where tfjs makes the tensor, and the kernel frees what lies between. */
export function runKernelShader(backend: WebGPUBackend, shader: Shader): TensorInfo {
  const { vectorInputs = [] } = shader;
  const { i32, f32 = {} } = shader.uniforms;
  const declare = (names: string[], type: string) => names.map((name) => `${name} : ${type}, `).join('');
  const program: Program = {
    variableNames: Object.keys(shader.inputs),
    variableComponents: Object.keys(shader.inputs).map((name) => (vectorInputs.includes(name) ? 4 : 1)),
    outputComponent: shader.outputVectors ? 4 : 1,
    uniforms: declare(Object.keys(i32), 'i32') + declare(Object.keys(f32), 'f32'),
    outputShape: shader.outputShape,
    workgroupSize: [...shader.workgroupSize, 1],
    dispatch: [...shader.workgroups, 1],
    // Two axes, so that the shader is handed its place as it is.
    dispatchLayout: { x: [0], y: [1] },
    shaderKey: shader.name,
    getUserCode: () => shader.code,
  };
  const uniforms = [
    ...Object.values(i32).map((value) => ({ type: 'int32', data: [value] })),
    ...Object.values(f32).map((value) => ({ type: 'float32', data: [value] })),
  ];
  return backend.runWebGPUProgram(program, Object.values(shader.inputs), 'float32', uniforms);
}
