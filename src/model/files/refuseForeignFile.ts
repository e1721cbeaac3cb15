import { modelUnreadable } from './modelUnreadable';
import type { NamedBytes } from './packModelFiles';

interface ForeignKind {
  /** Bytes that such a file has at a position; text is ASCII. */
  begins: (string | number[])[];
  at?: number;
  /** What the file is, and what to do instead. */
  is: string;
  hint: string;
}

const unpackFirst = 'Unpack it, and give the files that are in it.';
const saveWeights = 'Save the weights alone from PyTorch: torch.save(model.state_dict(), "model.pth").';

/** Short texts that stand for a file. */
const pointers: ForeignKind[] = [
  {
    begins: ['version https://git-lfs'],
    is: 'it is a pointer of Git LFS, a few lines that stand for the file, and not the file itself',
    hint: 'Fetch the file with "git lfs pull", or download it from the page of the repository.',
  },
  {
    begins: ['/annex/objects/', '../.git/annex/'],
    is: 'it is a pointer of git-annex and not the file itself',
    hint: 'Fetch the file with "git annex get".',
  },
];

/** Archives, and files of other programs. */
const packedKinds: ForeignKind[] = [
  { begins: [[0x1f, 0x8b]], is: 'it is packed with gzip', hint: unpackFirst },
  { begins: ['BZh'], is: 'it is packed with bzip2', hint: unpackFirst },
  { begins: [[0xfd, 0x37, 0x7a, 0x58, 0x5a]], is: 'it is packed with xz', hint: unpackFirst },
  { begins: [[0x28, 0xb5, 0x2f, 0xfd]], is: 'it is packed with zstd', hint: unpackFirst },
  { begins: [[0x37, 0x7a, 0xbc, 0xaf, 0x27, 0x1c]], is: 'it is a 7z archive', hint: unpackFirst },
  { begins: ['Rar!'], is: 'it is a RAR archive', hint: unpackFirst },
  { begins: ['ustar'], at: 257, is: 'it is a tar archive', hint: unpackFirst },
  {
    begins: [[0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59]],
    is: 'it is an array of NumPy',
    hint: 'One array is no network. Give the file that the network was saved in.',
  },
  {
    begins: [
      [0x80, 2],
      [0x80, 3],
      [0x80, 4],
      [0x80, 5],
    ],
    is: 'it is a plain Python pickle, and not what torch.save writes',
    hint: saveWeights,
  },
  {
    begins: ['TFL3'],
    at: 4,
    is: 'it is a TensorFlow Lite model, whose layers are frozen: it can be neither pruned nor trained',
    hint: 'Export the original Keras model: model.save("model.keras").',
  },
  { begins: ['GGUF'], is: 'it holds a language model (GGUF)', hint: 'The lab reads networks that classify images.' },
  { begins: ['%PDF'], is: 'it is a PDF document', hint: 'Choose the file that holds the network.' },
];

const webPage = /^\s*(<\?xml[^>]*>\s*)?(<!--[\s\S]*?-->\s*)?<(!doctype html|html|head|body|script)\b/i;
/** Endings by which a file is given as a model or a part of one. */
const modelEnding =
  /\.(zip|json|bin|h5|hdf5|keras|pth|pt|tar|tgz|gz|bz2|xz|7z|ckpt|pkl|pickle|safetensors|onnx|npy|tflite)$/i;

/**
 * Refuses a file that cannot be a model, with what it is. Files beside a model, such as a README, are left alone.
 *
 * @param file that no reader of the lab knows by its content
 * @param files all that were given with it
 * @throws LabError `model-unreadable`
 */
export function refuseForeignFile(file: NamedBytes, files: readonly NamedBytes[]): void {
  if (files.length > 1 && !modelEnding.test(file.path)) return;
  if (webPage.test(new TextDecoder().decode(file.bytes.subarray(0, 1000)))) {
    throw modelUnreadable(
      file.path,
      'it is a web page, perhaps the page of a download instead of what was to be downloaded',
      'Download it again, and look whether the page asks to sign in or to confirm.',
    );
  }
  // Beside a description the file may hold raw numbers, which may begin as anything does.
  const isPart = files.some(({ path }) => path.endsWith('.json'));
  if (file.bytes.length === 0 && !isPart) {
    throw modelUnreadable(file.path, 'it is empty', 'Download or copy it again.');
  }
  const kinds = isPart ? pointers : [...pointers, ...packedKinds];
  const kind = kinds.find(({ begins, at = 0 }) => begins.some((start) => hasAt(file.bytes, start, at)));
  if (kind) throw modelUnreadable(file.path, kind.is, kind.hint);
}

function hasAt(bytes: Uint8Array, start: string | number[], at: number): boolean {
  const due = typeof start === 'string' ? Array.from(start, (character) => character.charCodeAt(0)) : start;
  return due.every((byte, index) => bytes[at + index] === byte);
}
