import { describe, expect, it } from 'vitest';
import { LabError } from './labError';
import { createAsker, type OpenQuestion } from './openQuestion';

const activation: OpenQuestion = {
  key: 'activation',
  question: 'Which activation follows each convolution?',
  choices: [
    { value: 'relu', label: 'ReLU' },
    { value: 'gelu', label: 'GELU' },
  ],
};
const size: OpenQuestion = {
  key: 'image-size',
  question: 'How large are the images?',
  choices: [{ value: '224', label: '224 pixels' }],
  otherwise: 'a whole number of pixels',
};

function thrownBy(run: () => unknown): LabError {
  try {
    run();
  } catch (error) {
    if (error instanceof LabError) return error;
  }
  throw new Error('No LabError was thrown.');
}

describe('createAsker', () => {
  it('gathers every open question, going on with the likeliest answer of each', () => {
    const asker = createAsker();
    expect([asker.ask(activation), asker.ask(size)]).toEqual(['relu', '224']);
    const error = thrownBy(() => asker.requireAnswers('net.pth'));
    expect(error.code).toBe('needs-answers');
    expect(error.questions?.map(({ key }) => key)).toEqual(['activation', 'image-size']);
    expect(asker.answered()).toEqual([]);
  });

  it('stops a reading that has failed for what is open, and for nothing else', () => {
    const open = createAsker();
    open.ask(activation);
    expect(thrownBy(() => open.stopForOpen('net.pth')).code).toBe('needs-answers');
    const answered = createAsker({ activation: 'gelu', stem: '7' });
    answered.ask(activation);
    expect(() => answered.stopForOpen('net.pth')).not.toThrow();
  });

  it('gives the answers, and tells them in words', () => {
    const asker = createAsker({ activation: 'gelu', 'image-size': '96' });
    expect([asker.ask(activation), asker.ask(size)]).toEqual(['gelu', '96']);
    asker.requireAnswers('net.pth');
    expect(asker.answered().map(({ key, label }) => [key, label])).toEqual([
      ['activation', 'GELU'],
      ['image-size', '96'],
    ]);
  });

  it('takes the first choice of every question as confirmed when the user says so', () => {
    const asker = createAsker('usual');
    expect(asker.ask(activation)).toBe('relu');
    asker.requireAnswers('net.pth');
    expect(asker.answered().map(({ label }) => label)).toEqual(['ReLU']);
  });

  it('puts a question first on which others depend, and the others when it is answered', () => {
    const file: OpenQuestion = { key: 'file', question: 'Which file?', choices: [{ value: 'a', label: 'a' }] };
    const error = thrownBy(() => createAsker({ activation: 'relu' }).askFirst('a, b', file));
    expect(error.code).toBe('needs-answers');
    expect(error.questions?.map(({ key }) => key)).toEqual(['file']);
    expect(createAsker({ file: 'a' }).askFirst('a, b', file)).toBe('a');
  });

  it('takes an answer to a question that others have made needless', () => {
    const asker = createAsker({ activation: 'gelu', stem: '7' });
    asker.ask(activation);
    asker.waive('stem');
    asker.requireAnswers('net.pth');
    expect(asker.answered().map(({ key }) => key)).toEqual(['activation']);
  });

  it('refuses an answer that the question does not take, and one to a question that was not put', () => {
    const asker = createAsker({ activation: 'swish' });
    expect(thrownBy(() => asker.ask(activation)).message).toBe('"activation" cannot be "swish".');
    const other = createAsker({ activation: 'relu', stem: '7' });
    other.ask(activation);
    expect(thrownBy(() => other.requireAnswers('net.pth')).message).toBe('"stem" answers no question about net.pth.');
  });
});
