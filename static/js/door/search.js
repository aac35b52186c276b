// Finding people by name, RT or kelurahan: every word typed must begin a word of theirs, whatever the order.

const MOST = 30;

const plain = (text) =>
  text
    .normalize("NFKD")
    .replace(/[̀-ͯ]/gu, "")
    .toLowerCase()
    // "RT 5" and "RT 005" are one; "Nur'aini" is found by "nuraini".
    .replace(/['’`]/gu, "")
    .replace(/\b0+(?=\d)/gu, "");

const wordsOf = (text) => plain(text).split(/[^\p{L}\p{N}]+/u).filter(Boolean);

export const makeSearch = (people) => {
  const rows = people.map((person) => ({
    person,
    words: wordsOf([person.name, person.substitute, person.rt, person.village, person.district].join(" ")),
    name: plain(person.name),
  }));
  // At most 30 people, those whose name begins with what was typed first; and how many there are.
  return (typed) => {
    const wanted = wordsOf(typed);
    if (!wanted.length) return { people: [], count: 0 };
    const found = rows.filter(({ words }) => wanted.every((part) => words.some((word) => matches(word, part))));
    const first = plain(typed).trim();
    found.sort((a, b) => b.name.startsWith(first) - a.name.startsWith(first) || a.name.localeCompare(b.name, "id"));
    return { people: found.slice(0, MOST).map(({ person }) => person), count: found.length };
  };
};

// A number must be all of it: "5" is not RT 51.
const matches = (word, part) => (/^\d+$/u.test(part) ? word === part : word.startsWith(part));
