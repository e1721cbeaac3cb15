/** Something that a file does not say, though the numbers depend on it. The user answers it before the file is used. */
export interface OpenQuestion {
  /** Short name, by which the command line gives the answer: `activation`, `image-size`. */
  key: string;
  /** The question in words, understood when read alone. */
  question: string;
  /** Usual answers, the likeliest first. */
  choices: readonly AnswerChoice[];
  /** What else may be given, in words: "a whole number of pixels". Only the choices may when it is left out. */
  otherwise?: string;
}

export interface AnswerChoice {
  value: string;
  label: string;
}
