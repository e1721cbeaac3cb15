import { expect, it } from 'vitest';
import { checkSize, decodeModel, mostBytes, mostParts } from './decodeModel';

/** A field that holds bytes, as protobuf writes it: its number with wire type 2, its length, its content. */
function field(number: number, content: Uint8Array): Uint8Array {
  const head = [(number << 3) | 2];
  let rest = content.length;
  for (; rest > 127; rest >>>= 7) head.push((rest & 127) | 128);
  const made = new Uint8Array(head.length + 1 + content.length);
  made.set([...head, rest]);
  made.set(content, head.length + 1);
  return made;
}

// Field numbers are those of onnx.proto: a model's graph, a graph's nodes and initializers, a tensor's numbers.
const inGraph = (content: Uint8Array) => field(7, content);
const inTensor = (content: Uint8Array) => inGraph(field(5, content));
const [int32Data, int64Data] = [5, 7];
const emptyNode = field(1, new Uint8Array());

function emptyNodes(count: number): Uint8Array {
  return inGraph(new Uint8Array(count * emptyNode.length).map((_, at) => emptyNode[at % emptyNode.length]!));
}

it.each([
  ['two bytes for each node', emptyNodes(mostParts / 2)],
  ['one byte for each number of 64 bits', inTensor(field(int64Data, new Uint8Array(mostParts)))],
])('a small file that is made to become much is refused by name: %s', async (_, bomb) => {
  expect(bomb.length).toBeLessThan(3 * 2 ** 20);
  const start = performance.now();
  await expect(decodeModel('bomb.onnx', bomb)).rejects.toMatchObject({
    code: 'model-unreadable',
    message:
      'The model file bomb.onnx cannot be used: it has more than 2,000,000 fields and numbers beside its weights.',
    hint: expect.stringContaining('made to do harm'),
  });
  expect(performance.now() - start).toBeLessThan(5000);
});

it('what is below the limit is decoded, also many weights of 16 bits in numbers of 32', async () => {
  expect((await decodeModel('a.onnx', emptyNodes(1000))).graph!.node).toHaveLength(1000);
  const halves = inTensor(field(int32Data, new Uint8Array(mostParts + 1).fill(7)));
  const { graph } = await decodeModel('b.onnx', halves);
  expect(graph!.initializer![0]!.int32Data).toHaveLength(mostParts + 1);
});

it('a file larger than a message of protobuf can be is refused before anything is read of it', () => {
  checkSize('a.onnx', mostBytes);
  expect(() => checkSize('a.onnx', 2 ** 31)).toThrow(
    'it has 2,147,483,648 bytes, and an ONNX file has at most 2,147,483,647',
  );
});
