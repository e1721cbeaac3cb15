import type { onnx } from 'onnx-proto';
import { decodeNumbers, type NumberKind, numberKinds } from '../checkpoints/decodeNumbers';
import { baseName } from '../files/findModelJson';
import { modelUnreadable } from '../files/modelUnreadable';
import type { NamedBytes } from '../files/packModelFiles';
import { sizeOf } from '../network/layerWeights';
import type { Constant } from './onnxGraph';

/** Kinds of numbers by their code in `TensorProto.DataType`. */
const kindByCode: Record<number, NumberKind> = {
  1: 'F32',
  2: 'U8',
  3: 'I8',
  5: 'I16',
  6: 'I32',
  7: 'I64',
  9: 'BOOL',
  10: 'F16',
  11: 'F64',
  16: 'BF16',
};
const floatKinds: NumberKind[] = ['F16', 'BF16', 'F32', 'F64'];
const external = 1;

/**
 * A tensor of a file as float32: from its own bytes, its typed fields, or a file beside the model.
 *
 * @param files all files that were given, for data outside the model
 * @throws LabError `model-unreadable`: of an unknown kind, too few or too many numbers, or its file is missing
 */
export function decodeTensor(path: string, tensor: onnx.ITensorProto, files: NamedBytes[]): Constant {
  const name = tensor.name ?? '';
  const dims = (tensor.dims ?? []).map(Number);
  const kind = kindByCode[tensor.dataType ?? 0];
  if (!kind || dims.some((side) => !(side >= 0))) {
    throw modelUnreadable(
      path,
      `the tensor "${name}" is of a kind that the lab does not read (type ${tensor.dataType}, [${dims.join(', ')}])`,
      'Export the network with float32 weights, not quantised.',
    );
  }
  const outside = Number(tensor.dataLocation ?? 0) === external;
  const values = outside
    ? decodeNumbers(kind, findExternal(path, tensor, files))
    : tensor.rawData && tensor.rawData.length > 0
      ? decodeNumbers(kind, tensor.rawData)
      : typedValues(kind, tensor);
  if (values.length !== sizeOf(dims)) {
    throw modelUnreadable(
      path,
      `the tensor "${name}" should hold ${sizeOf(dims)} numbers, but ${values.length} are there`,
      'The file may be cut off. Export or download it again.',
    );
  }
  return { kind: 'constant', dims, values, isInteger: !floatKinds.includes(kind) };
}

/** Numbers that are written one by one; those of 16-bit floats as their bits. */
function typedValues(kind: NumberKind, tensor: onnx.ITensorProto): Float32Array {
  if (kind === 'F32') return Float32Array.from(tensor.floatData ?? []);
  if (kind === 'F64') return Float32Array.from(tensor.doubleData ?? []);
  if (kind === 'I64') return Float32Array.from(tensor.int64Data ?? [], Number);
  const numbers = tensor.int32Data ?? [];
  if (kind !== 'F16' && kind !== 'BF16') return Float32Array.from(numbers);
  return decodeNumbers(kind, new Uint8Array(Uint16Array.from(numbers).buffer));
}

/** The bytes of a tensor that lie in another file, as `location`, `offset` and `length` say. */
function findExternal(path: string, tensor: onnx.ITensorProto, files: NamedBytes[]): Uint8Array {
  const entries = new Map((tensor.externalData ?? []).map(({ key, value }) => [key ?? '', value ?? '']));
  const location = entries.get('location') ?? '';
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  const named = files.filter((file) => baseName(file.path) === baseName(location));
  const file =
    files.find((candidate) => candidate.path === folder + location) ?? (named.length === 1 ? named[0] : null);
  if (!file) {
    throw modelUnreadable(
      path,
      `the weights of "${tensor.name ?? ''}" are in the file "${location}", which is missing`,
      `Give ${location || 'it'} together with ${baseName(path)}.`,
    );
  }
  const offset = Number(entries.get('offset') ?? 0);
  const kind = kindByCode[tensor.dataType ?? 0]!;
  const due = sizeOf((tensor.dims ?? []).map(Number)) * numberKinds[kind].bytes;
  const length = Number(entries.get('length') ?? due);
  if (!(offset >= 0 && length === due && offset + length <= file.bytes.length)) {
    throw modelUnreadable(
      file.path,
      `the weights of "${tensor.name ?? ''}" should be ${due} bytes from byte ${offset} on, and the file has ${file.bytes.length}`,
      'The file may be cut off or belong to another model. Give the one that was exported with it.',
    );
  }
  return file.bytes.subarray(offset, offset + length);
}
