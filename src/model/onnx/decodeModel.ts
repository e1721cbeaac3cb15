import type { onnx } from 'onnx-proto';
import { LabError } from '../../foundation/labError';
import { modelUnreadable } from '../files/modelUnreadable';
import { loadOnnxProto, type Onnx } from './onnxProto';

/** The deepest of torchvision's networks has some thousand. */
export const mostNodes = 20_000;
/**
 * Tags, lengths and whole numbers of 64 bits that are read of a file, 100 for each node: a convolution with its settings and its
 * weights has about 80. Each can become an object of some hundred bytes, and takes one byte or two of a file made for that. The
 * values of weights are not among them.
 */
export const mostParts = 100 * mostNodes;
/** A message of protobuf is smaller than 2 GiB (protobuf.dev, "Proto Limits"); larger weights lie beside the model. */
export const mostBytes = 2 ** 31 - 1;

type Reader = Exclude<Parameters<Onnx['ModelProto']['decode']>[0], Uint8Array>;

/**
 * The messages of an ONNX file, as they are.
 * @throws LabError `model-unreadable`: damaged, or larger or of more parts than any network's
 */
export async function decodeModel(path: string, bytes: Uint8Array): Promise<onnx.ModelProto> {
  checkSize(path, bytes.length);
  const { ModelProto } = await loadOnnxProto();
  // In Node a Buffer would be read as Buffers, whose slices are no copies.
  const plain = new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    return ModelProto.decode(boundedReader(ModelProto, path, plain));
  } catch (cause) {
    if (cause instanceof LabError) throw cause;
    throw modelUnreadable(
      path,
      'it is no ONNX file, or damaged',
      'The file may be cut off. Export or download it again.',
      cause,
    );
  }
}

/** @throws LabError `model-unreadable` for more bytes than a file can have */
export function checkSize(path: string, bytes: number): void {
  if (bytes > mostBytes)
    throw beyond(path, `it has ${words(bytes)} bytes, and an ONNX file has at most ${words(mostBytes)}`);
}

/** A reader that refuses to go on when a file has too many parts, before there are objects for them. */
function boundedReader(ModelProto: Onnx['ModelProto'], path: string, bytes: Uint8Array): Reader {
  const reader = newReader(ModelProto);
  const { uint32 } = reader;
  let parts = 0;
  const counted =
    <T>(read: () => T) =>
    () => {
      parts += 1;
      if (parts > mostParts)
        throw beyond(path, `it has more than ${words(mostParts)} fields and numbers beside its weights`);
      return read.call(reader);
    };
  return Object.assign(reader, {
    buf: bytes,
    len: bytes.length,
    pos: 0,
    uint32: counted(uint32),
    // Weights of 16 bits are numbers of 32, which would be read by the function that is counted.
    int32: () => uint32.call(reader) | 0,
    int64: counted(reader.int64),
    uint64: counted(reader.uint64),
  });
}

/** The class of readers is not exported; a message that is read by its length makes one, and hands it to its own `decode`. */
function newReader(ModelProto: Onnx['ModelProto']): Reader {
  const handOver = { decode: (reader: Reader) => reader };
  return ModelProto.decodeDelimited.call(handOver, Uint8Array.of(0)) as unknown as Reader;
}

const words = (count: number) => count.toLocaleString('en-GB');

function beyond(path: string, what: string) {
  return modelUnreadable(
    path,
    what,
    'No image classifier is so large. Export the network again; if the file came from elsewhere, it may be made to do harm.',
  );
}
