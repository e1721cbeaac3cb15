import { foldText, numberOf } from './foldText';

/** A few things that many words are used for. */
export interface Vocabulary {
  /** Why two texts are one, for the user. */
  name: string;
  /** What a text means, or null when it is no word of this vocabulary. */
  meaningOf(text: string): string | null;
}

const words = (text: string) => text.split(/\s*,\s*/);

/** Words of official forms and of statistics packages; letters that stand for the other sex elsewhere are left out. */
const female = words(
  `f, fem, female, females, woman, women, girl, lady, w, weiblich, frau, mädchen, maedchen, femme, féminin, féminine, fille,
  mujer, femenino, femenina, hembra, niña, mulher, feminino, feminina, fêmea, donna, femmina, femminile, vrouw, vrouwelijk,
  kvinna, kvinne, kvinde, kvinnlig, kvindelig, kvinnelig, nainen, naine, kobieta, żeńska, żeński, žena, ženské, ženský, ženska,
  nő, femeie, женщина, женский, жен, ж, жінка, жіноча, жена, γυναίκα, θηλυκό, θήλυ, kadın, kız, أنثى, امرأة, נקבה, אישה,
  زن, مونث, महिला, स्त्री, 女, 女性, 女士, 女子, 여, 여성, 여자, nữ, หญิง, perempuan, wanita`,
);
const male = words(
  `m, male, males, man, men, boy, gentleman, männlich, maennlich, mann, junge, homme, masculin, masculine, garçon, hombre,
  masculino, varón, niño, homem, uomo, maschio, maschile, mannelijk, manlig, mandlig, mannlig, mand, kille, mies, mees,
  mężczyzna, męski, męska, muž, mužské, mužský, muški, férfi, bărbat, мужчина, мужской, муж, м, чоловік, чоловіча, мъж, άνδρας,
  άντρας, αρσενικό, άρρεν, erkek, ذكر, رجل, זכר, גבר, مرد, مذکر, पुरुष, 男, 男性, 男士, 男子, 남, 남성, 남자, nam, ชาย, laki-laki,
  lelaki, pria`,
);
const yes = words(
  `true, t, yes, y, 1, ja, j, oui, vrai, si, sí, verdadero, sim, verdadeiro, vero, wahr, да, так, tak, ano, igen, evet, 是, はい, 예`,
);
const no = words(
  `false, f, no, n, 0, nein, nej, non, faux, falso, não, falsch, nee, нет, ні, nie, ne, nem, hayır, 否, いいえ, 아니요`,
);
const romanTypes = ['i', 'ii', 'iii', 'iv', 'v', 'vi'];

/** Without accents too: they are lost on the way through many programs. */
function bare(text: string): string {
  return foldText(text).normalize('NFD').replaceAll(/\p{M}/gu, '');
}

function twoMeanings(name: string, first: readonly string[], second: readonly string[]): Vocabulary {
  const [firstSet, secondSet] = [new Set(first.map(bare)), new Set(second.map(bare))];
  return {
    name,
    meaningOf(text) {
      const number = numberOf(text);
      const key = number === null ? bare(text).replace(/\.$/, '') : String(number);
      return firstSet.has(key) ? 'first' : secondSet.has(key) ? 'second' : null;
    },
  };
}

/** Whether a text is a word for the female sex. */
export function meansFemale(text: string): boolean {
  return sexWords.meaningOf(text) === 'first';
}

/** Skin type 1 to 6 of a text, as `4`, `4.0`, `FST4`, `type IV` and `IV` are 4; null for any other. */
export function skinTypeOf(text: string): number | null {
  const meaning = skinTypes.meaningOf(text);
  return meaning === null ? null : Number(meaning);
}

const sexWords = twoMeanings('words for a sex', female, male);
/** In Spanish forms `M` is `mujer` beside `H`, so that an `M` beside one says nothing. */
const hombre = /^(h|hombres?|hommes?)$/;

const typePrefix = /^(fitzpatrick|fst|phototype|skin ?type|skin ?tone|skin|hauttyp|type|typ|tipo)[ :.-]*/;

const skinTypes: Vocabulary = {
  name: 'skin types, I to VI as 1 to 6',
  meaningOf(text) {
    const plain = foldText(text).replace(typePrefix, '').replace(typePrefix, '');
    const number = romanTypes.indexOf(plain) + 1 || numberOf(plain);
    return number !== null && Number.isInteger(number) && number >= 1 && number <= 6 ? String(number) : null;
  },
};

const truth = twoMeanings('words for yes and no', yes, no);

/**
 * The vocabularies that a column's values may be of.
 * @param values the texts of the column
 */
export function vocabulariesFor(values: readonly string[]): Vocabulary[] {
  const isAmbiguous =
    values.some((value) => hombre.test(foldText(value))) && values.some((value) => foldText(value) === 'm');
  return isAmbiguous ? [skinTypes, truth] : [sexWords, skinTypes, truth];
}
